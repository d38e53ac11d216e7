// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamrelay.itests.network.Await;
import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LocalNetwork;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A gateway with little memory and a small store, beside one that has a lot to say. */
@InTheField
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class SmallIT {

    private static final int COUNT = Field.count(20_000, 100_000);
    /** So that what is sent is three times what is stored, in the short form as well. */
    private static final int BYTES = Field.count(1_200, 240);

    private static final int STORE_MEGABYTES = 8;
    private static final long STORE_BYTES = STORE_MEGABYTES << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void aFloodNeitherEndsASmallGatewayNorIsDroppedUncounted(TestInfo test) throws Exception {
        Score row = Score.row("D19").shownBy(test);
        try (Lab lab = Lab.open("small")) {
            LocalNetwork lan = lab.lan("lan");
            PlainGateway small = PlainGateway.on(
                    lan.host("small"),
                    Setup.carrier("small")
                            .node("storeMegabytes", Integer.toString(STORE_MEGABYTES))
                            .java("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"));
            PlainGateway talker = PlainGateway.on(
                    lan.host("talker"),
                    Neighbours.member("small").peers(small.host()).java("-Xmx256m"));
            talker.awaitReaches(small);
            try (Publisher publisher =
                    new Publisher(talker.brokerUrl(), 5_000, BYTES, COUNT, new Publisher.Topic(Neighbours.TOPIC, 1))) {
                publisher.awaitAcknowledged(COUNT, PATIENCE);
            }
            // Its broker acknowledges sooner than its bridge can take them all.
            assertTrue(Await.comes(PATIENCE, () -> sent(talker) >= COUNT), () -> talker.stats()
                    .toString());
            // Not until its backlog is empty: what the small one lets go of before it could say that it holds it,
            // nobody
            // else holds, and it stays with who made it.
            assertTrue(Await.comes(PATIENCE, () -> talker.waiting() == 0), () -> talker.stats()
                    .toString());
            JsonNode counters = small.stats().get("counters");
            Map<String, Long> dropped = dropped(counters);
            long stored = counters.path("store.packets.bytes").asLong();
            row.measured(
                    "%,d messages of %d bytes: alive, dropped %s, stored %,d bytes, %,d envelopes left to the sender"
                            .formatted(COUNT, BYTES, dropped, stored, talker.backlog()));
            boolean isCounted = dropped.keySet().stream().anyMatch(counter -> counter.startsWith("evicted"));
            assertTrue(row.passed(isCounted && stored <= STORE_BYTES), counters::toString);
            assertEquals(1, small.stats().get("peers").size());
        }
    }

    private static long sent(PlainGateway gateway) {
        return gateway.stats().get("counters").path("sent.messages").asLong();
    }

    private static Map<String, Long> dropped(JsonNode counters) {
        Map<String, Long> dropped = new TreeMap<>();
        counters.properties().stream()
                .filter(counter -> counter.getKey().matches("drop\\..*|evicted.*"))
                .forEach(counter ->
                        dropped.put(counter.getKey(), counter.getValue().asLong()));
        return dropped;
    }
}
