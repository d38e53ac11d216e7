// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamrelay.api.Endpoint;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.karaf.process.Reader.Reading;
import io.streamrelay.itests.network.Await;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.field.Publisher.Topic;
import io.streamrelay.itests.network.lab.LinkQuality;
import io.streamrelay.itests.network.process.Postman;
import io.streamrelay.simulator.score.Score;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
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
    /** The state is told anew every minute, and what it is to tell may have come right after. */
    private static final Duration TOLD = Duration.ofSeconds(135);

    private static final int COUNT = 50;

    /** The least that can be set. */
    private static final int BACKLOG_MEGABYTES = 1;

    private static final long BACKLOG_BYTES = BACKLOG_MEGABYTES << 20;
    private static final int BYTES = 1_000;

    /** More payloads than this do not fit. */
    private static final int TAKEN_MAX = (int) (BACKLOG_BYTES / BYTES);

    private static final Duration FULL = Duration.ofSeconds(15);

    /** Twice the broker's interval. */
    private static final Duration TELLING = Duration.ofSeconds(2);

    /** The bridge tries again after a minute at the latest. */
    private static final Duration RETURN_MAX = Duration.ofSeconds(90);

    private static final Duration QUIET = Duration.ofSeconds(5);

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
                // Old enough to show how things grow.
                JsonNode state = awaitState(states, StateIT::isAged);
                row.measured(figure(state, both.there().id()));
                assertTrue(row.passed(isComplete(state, both.there().id())), state::toString);
            }
        }
    }

    /** What it does not acknowledge its broker keeps; it is cut off from everybody, and then it is not. */
    @Test
    void aGatewayWhoseBacklogIsFullAcknowledgesNoMoreSaysSoAndGoesOnByItself(TestInfo test) throws Exception {
        Score row = Score.row("A18")
                .part("own backlog full")
                .passValue("acknowledges no more, says so, loses nothing, goes on by itself")
                .shownBy(test);
        try (Neighbours both = Neighbours.open("brim", LinkQuality.PERFECT, setup -> setup.node(
                                "backlogMegabytes", Integer.toString(BACKLOG_MEGABYTES))
                        .broker("sys_interval 1"));
                Reader reader = both.there().reader(Neighbours.TOPICS);
                Reader states = both.here().reader("streamrelay/status/#")) {
            PlainGateway here = both.here();
            here.host().unplug();
            long keptBefore = kept(here);
            Set<Sent> acknowledged = publishBeyondTheLimit(here);
            JsonNode state = awaitState(states, told -> refusals(told) > 0);
            String log = Files.readString(here.log());
            assertTrue(log.contains("does not take messages now"), () -> "nothing is said in " + here.log());
            // By then it has tried again several times.
            Field.pass(FULL);
            long kept = kept(here) - keptBefore;
            boolean stopped = kept >= acknowledged.size() - TAKEN_MAX;
            here.host().plug();
            Tally tally = Tally.drained(reader, acknowledged, RETURN_MAX, QUIET);
            row.measured(
                    "%d bytes of backlog, %d refusals; %d of %d left unacknowledged with the broker; then %s, %d late"
                            .formatted(
                                    state.get("backlog").get(0).get("bytes").asLong(),
                                    refusals(state),
                                    kept,
                                    acknowledged.size(),
                                    tally.figure(),
                                    tally.late().size()));
            assertTrue(
                    row.passed(stopped && tally.isExact() && tally.isOrdered()),
                    () -> kept + " left with the broker; " + tally + ", " + here.stats());
        }
    }

    private static Set<Sent> publishBeyondTheLimit(PlainGateway gateway) {
        try (Publisher publisher =
                new Publisher(gateway.brokerUrl(), 1_000, BYTES, 3 * TAKEN_MAX, new Topic(Neighbours.TOPIC, 1))) {
            return publisher.awaitAll();
        }
    }

    /** How many messages the broker keeps, with those that are retained; it tells every second. */
    private static long kept(PlainGateway gateway) throws Exception {
        Field.pass(TELLING);
        try (Reader counts = gateway.reader("$SYS/broker/store/messages/count")) {
            byte[] count = counts.take(1, PATIENCE).get(0).payload();
            return Long.parseLong(new String(count, StandardCharsets.US_ASCII));
        }
    }

    private static long refusals(JsonNode state) {
        return state.path("refusals").path("backlog-full").asLong();
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

    private static boolean isAged(JsonNode state) {
        return state.path("backlog").path(0).path("oldestSeconds").asLong() > 0;
    }

    /** The first state that is as it should be: the next one, or one more when it was told too early. */
    private static JsonNode awaitState(Reader states, Predicate<JsonNode> wanted)
            throws InterruptedException, IOException {
        long deadlineNs = System.nanoTime() + TOLD.toNanos();
        JsonNode state = JSON.missingNode();
        while (deadlineNs - System.nanoTime() > 0) {
            for (Reading told : states.take(1, PATIENCE)) {
                state = JSON.readTree(told.payload());
                if (wanted.test(state)) {
                    return state;
                }
            }
        }
        throw new AssertionError("the state does not tell it: " + state);
    }

    private static long lastContactSeconds(JsonNode state, String peer) {
        return StreamSupport.stream(state.get("peers").spliterator(), false)
                .filter(one -> one.get("peer").asText().equals(peer))
                .mapToLong(one -> one.get("lastContactSeconds").asLong())
                .findFirst()
                .orElse(-1);
    }
}
