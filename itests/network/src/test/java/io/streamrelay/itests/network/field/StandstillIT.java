// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.Await;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.field.Publisher.Topic;
import io.streamrelay.itests.network.lab.LinkQuality;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The broker that a gateway hands over to stands still, with its connections open, while more is published elsewhere
 * than the gateways' stores of packets hold: it waits in the one's outbox, and comes when the broker goes on.
 */
@InTheField
@Execution(ExecutionMode.CONCURRENT)
class StandstillIT {

    private static final String READER = "reader";

    /** 200 bytes each: twice what a store of packets holds, headers included. */
    private static final int COUNT = Field.count(8_000, 20_000);

    private static final String STORE_MEGABYTES = "1";

    /** Longer than anything here waits for a broker's answer. */
    private static final Duration STANDSTILL = Duration.ofMinutes(3);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(5);

    @Test
    void allThatWasAcknowledgedComesOnceWhenABrokerThatStoodStillGoesOn(TestInfo test) throws Exception {
        Score row = Score.row("A18")
                .part("broker stands still for %d min".formatted(STANDSTILL.toMinutes()))
                .passValue("all, none twice, by itself")
                .shownBy(test);
        try (Neighbours both =
                Neighbours.open("still", LinkQuality.PERFECT, setup -> setup.node("storeMegabytes", STORE_MEGABYTES))) {
            Mosquitto broker = both.there().broker();
            new Reader(broker.url(), Neighbours.TOPICS, READER, false).close();
            broker.standStill();
            Set<Sent> acknowledged;
            try (Publisher publisher =
                    new Publisher(both.here().brokerUrl(), 2_000, 200, COUNT, new Topic(Neighbours.TOPIC, 2))) {
                acknowledged = publisher.awaitAll();
                assertTrue(
                        Await.comes(PATIENCE, () -> inOutbox(both.there()) == COUNT),
                        () -> both.there().stats().toString());
                Field.pass(STANDSTILL);
            } finally {
                broker.goOn();
            }
            long wentOnNs = System.nanoTime();
            try (Reader reader = new Reader(broker.url(), Neighbours.TOPICS, READER, false)) {
                Tally tally = Tally.drained(reader, acknowledged, PATIENCE, QUIET);
                row.measured("%s, first after %.1f s, last after %.0f s"
                        .formatted(tally.figure(), tally.silentSeconds(wentOnNs), tally.lastSeconds(wentOnNs)));
                assertTrue(row.passed(tally.isExact()), tally::toString);
            }
        }
    }

    private static long inOutbox(PlainGateway gateway) {
        return gateway.stats().get("counters").path("store.deliveries").asLong();
    }
}
