// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.StoreInfo;
import io.streamrelay.api.TraceStep;
import io.streamrelay.api.TraceStep.Stage;
import io.streamrelay.api.TracedMessage;
import io.streamrelay.console.FakeRelay;
import io.streamrelay.console.FakeSubcluster;
import io.streamrelay.console.view.GatewayView;
import io.streamrelay.console.view.Snapshot;
import io.streamrelay.console.view.Views;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportsTest {

    private final FakeRelay relay = new FakeRelay();
    private final GatewayView view = Views.of(relay, Views.bridge("demo", true));
    private FakeSubcluster demo;

    @BeforeEach
    void aGatewayThatIsWell() {
        demo = relay.open("demo");
        relay.peers.add(FakeRelay.peer("a", true, 0, demo.id()));
        relay.store = new StoreInfo(500, 1000, 0, 1000, List.of(new StoreInfo.Cluster(relay.cluster, 2, 500)));
        relay.counters.put("drop.expired", 4L);
        relay.counters.put("sent.messages", 8L);
    }

    private Snapshot now() {
        return view.now();
    }

    private static JsonNode json(Report report) throws Exception {
        return new ObjectMapper().readTree(String.join("\n", report.print(true)));
    }

    @Test
    void statusAnswersInFiveLines() throws Exception {
        Report report = new StatusReport(now());
        assertEquals(5, report.lines().size(), report.lines().toString());
        assertTrue(report.lines()
                .get(0)
                .startsWith("OK  gateway " + FakeRelay.id("peer").shortHex() + ": all is well"));
        assertEquals("OK", json(report).get("level").asText());
    }

    @Test
    void statusSaysWhatIsWrongAndWhatToDo() {
        relay.peers.clear();
        List<String> lines = new StatusReport(now()).lines();
        assertEquals(5, lines.size());
        assertTrue(lines.get(0).startsWith("WATCH") && lines.get(0).endsWith("look at peers"), lines.get(0));
        assertTrue(lines.get(3).contains("-> set peers of io.streamrelay.node"), lines.get(3));
    }

    @Test
    void statusSaysSoWithoutANode() {
        List<String> lines = new StatusReport(Views.of(null).now()).lines();
        assertEquals(1, lines.size());
        assertTrue(lines.get(0).startsWith("BAD") && lines.get(0).contains("streamrelay cannot start"), lines.get(0));
    }

    @Test
    void peersSayWhoIsUpToDate() throws Exception {
        relay.peers.add(FakeRelay.peer("b", false, 3, demo.id()));
        relay.absent.add(new AbsentPeer(FakeRelay.id("c"), Endpoint.of("192.0.2.9", 9), 7_200_000));
        List<String> lines = PeersReport.of(now()).lines();
        assertTrue(lines.get(1).contains("  yes "), lines.get(1));
        assertTrue(lines.get(2).contains("no, 3 wait"), lines.get(2));
        assertTrue(lines.get(3).contains("unknown, away"), lines.get(3));
        assertEquals(3, json(PeersReport.of(now())).size());
    }

    @Test
    void onePeerIsToldInASentence() {
        relay.absent.add(new AbsentPeer(FakeRelay.id("c"), Endpoint.of("192.0.2.9", 9), 7_200_000));
        String digits = FakeRelay.id("c").shortHex();
        assertTrue(PeersReport.of(now(), digits).lines().get(0).startsWith("peer " + digits + " is away since 2 h"));
        digits = FakeRelay.id("a").shortHex();
        assertTrue(PeersReport.of(now(), digits).lines().get(0).startsWith("peer " + digits + " is up to date"));
        assertThrows(IllegalArgumentException.class, () -> PeersReport.of(now(), "zz"));
        assertThrows(IllegalArgumentException.class, () -> PeersReport.of(now(), ""));
    }

    @Test
    void tablesTellTheRest() throws Exception {
        assertTrue(SubclustersReport.of(now()).lines().get(1).startsWith("demo"));
        assertTrue(String.join("\n", StoreReport.of(now()).lines()).contains("500 B of 1000 B (50 %)"));
        List<String> routes = RoutesReport.of(now()).lines();
        assertTrue(routes.get(2).contains("alarm/# in 1"), routes.toString());
        assertTrue(NatReport.of(now()).lines().get(0).contains("198.51.100.4:4000"));
        assertEquals(
                List.of("counter       value", "drop.expired      4"),
                MetricsReport.of(now(), "drop").lines());
        for (Report report : List.of(
                SubclustersReport.of(now()), StoreReport.of(now()), RoutesReport.of(now()), NatReport.of(now()))) {
            assertTrue(json(report).size() > 0);
        }
    }

    @Test
    void backlogSaysWhatWouldBeLost() throws Exception {
        assertEquals(
                List.of("everything sent here is held by others, too"),
                BacklogReport.of(now()).lines());
        relay.backlog.add(new BacklogInfo(demo.id(), 1, 100, 60_000));
        assertTrue(BacklogReport.of(now()).lines().get(0).startsWith("1 message is held by this gateway alone"));
        assertEquals(
                60_000, json(BacklogReport.of(now())).get(0).get("oldestMs").asLong());
    }

    @Test
    void reportsOfANodeThatDoesNotRunSaySo() {
        Snapshot none = Views.of(null).now();
        assertEquals(List.of("the node is not running"), StoreReport.of(none).lines());
        assertEquals(List.of("the node is not running"), NatReport.of(none).lines());
        assertEquals(List.of("no peer is known"), PeersReport.of(none).lines());
    }

    @Test
    void traceFollowsAMessage() throws Exception {
        TracedMessage message = new TracedMessage(
                FakeRelay.id("m"),
                "demo",
                List.of(
                        step(1_000, Stage.ACCEPTED, null),
                        step(1_004, Stage.COMMITTED, null),
                        step(1_010, Stage.SENT, "a"),
                        step(1_060, Stage.HELD, "a")));
        List<String> lines = new TraceReport(message, ZoneOffset.UTC).lines();
        assertTrue(lines.get(0).endsWith("of demo is held by 1 other peer, too"), lines.get(0));
        assertTrue(lines.get(5).startsWith("1970-01-01 00:00:01.060  60 ms"), lines.get(5));
        assertEquals(
                4, json(new TraceReport(message, ZoneOffset.UTC)).get("steps").size());
        assertTrue(new TracesReport(List.of(message), 61_060).lines().get(1).contains("1 min ago"));
    }

    private static TraceStep step(long atMs, Stage stage, String peer) {
        return new TraceStep(atMs, stage, Optional.ofNullable(peer).map(FakeRelay::id), "");
    }
}
