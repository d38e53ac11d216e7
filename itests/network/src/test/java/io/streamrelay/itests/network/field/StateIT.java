// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamrelay.api.Endpoint;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.Await;
import io.streamrelay.itests.network.process.Postman;
import io.streamrelay.simulator.score.Score;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a technician who stands before a gateway without a line can read at its broker. */
@InTheField
@Execution(ExecutionMode.CONCURRENT)
class StateIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The state is told anew every minute. */
    private static final Duration TOLD = Duration.ofSeconds(75);

    private static final int COUNT = 50;

    @Test
    void aGatewayThatIsCutOffTellsWhatWaitsWhatWasDroppedAndWhomItHeardLast(TestInfo test) throws Exception {
        Score row = Score.row("D25").shownBy(test);
        try (Neighbours both = Neighbours.open("state");
                Postman stranger = new Postman(both.lan().host("stranger"))) {
            stranger.open("192.168.1.4", 4_000);
            stranger.send(
                    4_000,
                    Endpoint.of(both.here().host().address(), NodeConfig.DEFAULT_PORT),
                    "no packet of this protocol");
            assertTrue(Await.comes(PATIENCE, () -> dropped(both.here().stats().get("counters")) > 0));
            both.here().host().unplug();
            Publisher.publish(both.here().brokerUrl(), Neighbours.TOPIC, COUNT);
            try (Reader states = both.here().reader("streamrelay/status/#")) {
                JsonNode state = awaitAged(states);
                row.measured(figure(state, both.there().id()));
                assertTrue(row.passed(isComplete(state, both.there().id())), state::toString);
            }
        }
    }

    private static String figure(JsonNode state, String peer) {
        JsonNode backlog = state.get("backlog").get(0);
        return "%d waiting for %d s, %d bytes; drops %s; last contact %d s ago"
                .formatted(
                        backlog.get("messages").asLong(),
                        backlog.get("oldestSeconds").asLong(),
                        backlog.get("bytes").asLong(),
                        state.get("drops"),
                        lastContactSeconds(state, peer));
    }

    private static boolean isComplete(JsonNode state, String peer) {
        JsonNode backlog = state.get("backlog").get(0);
        return backlog.get("messages").asLong() == COUNT
                && backlog.get("bytes").asLong() > 0
                && backlog.get("oldestSeconds").asLong() > 0
                && !state.get("drops").isEmpty()
                && lastContactSeconds(state, peer) > 0;
    }

    private static long dropped(JsonNode counters) {
        return counters.properties().stream()
                .filter(counter -> counter.getKey().startsWith("drop."))
                .mapToLong(counter -> counter.getValue().asLong())
                .sum();
    }

    /** The first state that is old enough to show how things grow. */
    private static JsonNode awaitAged(Reader states) throws InterruptedException, IOException {
        while (true) {
            var told = states.take(1, TOLD);
            assertTrue(!told.isEmpty(), "the state is not told");
            JsonNode state = JSON.readTree(told.get(0).payload());
            if (state.path("backlog").path(0).path("oldestSeconds").asLong() > 0) {
                return state;
            }
        }
    }

    private static long lastContactSeconds(JsonNode state, String peer) {
        return StreamSupport.stream(state.get("peers").spliterator(), false)
                .filter(one -> one.get("peer").asText().equals(peer))
                .mapToLong(one -> one.get("lastContactSeconds").asLong())
                .findFirst()
                .orElse(-1);
    }
}
