// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.Await;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LocalNetwork;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a gateway still knows, and has, after it was killed. */
@InTheField
@Execution(ExecutionMode.CONCURRENT)
class RestartIT {

    private static final int RESTARTS = Field.count(10, 100);
    private static final int MESSAGES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(3);

    /** After the kill it is told of no peer, and it has no line until it has shown what it knows. */
    @Test
    void aGatewayThatIsKilledOfflineIsBackWithAllThatItHad(TestInfo test) throws Exception {
        Score row = Score.row("A20").shownBy(test);
        try (Neighbours both = Neighbours.open("persist");
                Reader reader = both.there().reader(Neighbours.TOPICS)) {
            PlainGateway here = both.here();
            String id = here.id();
            here.host().unplug();
            Set<Sent> acknowledged = Publisher.publish(here.brokerUrl(), Neighbours.TOPIC, 100);
            long waiting = here.backlog();
            here.kill();
            here.forgetPeers();
            here.start();
            long kept = here.backlog();
            boolean same = here.id().equals(id);
            here.host().plug();
            Tally tally = Tally.of(reader, acknowledged, PATIENCE, QUIET);
            row.measured("peer id %s, %d of %d messages waiting, peers known: %s"
                    .formatted(same ? "the same" : "another", kept, waiting, tally.figure()));
            boolean isKept = waiting == acknowledged.size() && kept == waiting;
            assertTrue(row.passed(same && isKept && tally.isExact() && tally.isOrdered()), tally::toString);
        }
    }

    @Test
    void idsStayUniqueOverRestartsWithoutAClock(TestInfo test) throws Exception {
        Score row = Score.row("B3").shownBy(test);
        try (Lab lab = Lab.open("clockless")) {
            LocalNetwork lan = lab.lan("lan");
            Host listening = lan.host("there");
            PlainGateway there = PlainGateway.on(listening, Setup.member("clockless"));
            there.listen("field/clock");
            PlainGateway here = PlainGateway.on(
                    lan.host("here"),
                    BornIn1970.applyTo(Setup.member("clockless").peers(listening)));
            Set<String> packets = new HashSet<>();
            for (int boot = 0; boot <= RESTARTS; boot++) {
                // The very same words at the very same time of the clock.
                packets.addAll(here.send("field/clock", texts()));
                here.kill();
                here.start();
            }
            int count = MESSAGES * (RESTARTS + 1);
            List<JsonNode> heard = there.awaitHeard(count, PATIENCE);
            Set<String> ids = heard.stream().map(RestartIT::origin).collect(Collectors.toSet());
            row.measured("%d messages of %d boots in 1970: %d ids, %d heard"
                    .formatted(count, RESTARTS + 1, ids.size(), heard.size()));
            assertTrue(row.passed(ids.size() == count && heard.size() == count), ids::toString);
            assertTrue(packets.size() > RESTARTS, "two boots made the same packet");
            assertEquals(
                    1, heard.stream().map(one -> one.get("sender")).distinct().count());
        }
    }

    private static List<String> texts() {
        return IntStream.range(0, MESSAGES).mapToObj(i -> "reading " + i).toList();
    }

    private static String origin(JsonNode heard) {
        return heard.get("epoch") + "/" + heard.get("sequence") + "/" + heard.get("position");
    }

    /** Its subscription is the bridge's, and that of a client which is away as long. */
    @Test
    void aSubscriberThatWasAwayGetsAllAndNothingTwice(TestInfo test) throws Exception {
        Score row = Score.row("A5").shownBy(test);
        try (Neighbours both = Neighbours.open("away")) {
            new Reader(both.there().brokerUrl(), Neighbours.TOPICS, "away", false).close();
            both.there().kill();
            Set<Sent> acknowledged = Publisher.publish(both.here().brokerUrl(), Neighbours.TOPIC, 100);
            both.there().start();
            // Mosquitto 2.0.11 does not keep the order towards a reader that is back while more is coming.
            assertTrue(
                    Await.comes(PATIENCE, () -> both.here().backlog() == 0),
                    () -> both.here().stats().toString());
            both.there().awaitOutbox(0, PATIENCE);
            try (Reader reader = new Reader(both.there().brokerUrl(), Neighbours.TOPICS, "away", false)) {
                Tally tally = Tally.of(reader, acknowledged, PATIENCE, QUIET);
                row.measured(tally.figure());
                assertTrue(row.passed(tally.isExact() && tally.isOrdered()), tally::toString);
            }
        }
    }
}
