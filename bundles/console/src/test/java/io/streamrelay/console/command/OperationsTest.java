// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Invitation;
import io.streamrelay.api.TracedMessage;
import io.streamrelay.console.FakeRelay;
import io.streamrelay.console.FakeSubcluster;
import io.streamrelay.console.join.JoinOptions;
import io.streamrelay.console.view.GatewayView;
import io.streamrelay.console.view.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperationsTest {

    private final FakeRelay relay = new FakeRelay();
    private final FakeSubcluster demo = relay.open("demo");
    private final GatewayView view = Views.of(relay);
    private final Operations operations = new Operations(view);
    private final Reports reports = new Reports(view);

    @Test
    void publishesAndTellsTheIdForTrace() throws Exception {
        List<String> lines = operations.publish("demo", "demo/t", "21", false).lines();
        operations.publish("demo", "t", "22", true);
        assertEquals(List.of("demo/t 21", "raw t 22"), demo.sent);
        assertTrue(lines.get(0).contains(FakeRelay.id("packet").hex()));
    }

    @Test
    void tellsWhyAMessageWasRefused() {
        demo.refuses = true;
        Exception refusal =
                assertThrows(IllegalStateException.class, () -> operations.publish("demo", "t", "21", false));
        assertEquals("refused: no room", refusal.getMessage());
    }

    @Test
    void namesTheSubclustersThatThereAre() {
        Exception refusal =
                assertThrows(IllegalArgumentException.class, () -> operations.publish("dmeo", "t", "21", false));
        assertEquals("no subcluster 'dmeo' is open; there are: demo", refusal.getMessage());
    }

    @Test
    void listensUntilEnoughCame() {
        demo.hear(List.of(new Heard("demo/a", "1"), new Heard("demo/b", "2\u001b[2J"), new Heard("demo/c", "3")));
        List<String> lines = new ArrayList<>();
        operations.listen("demo", null, new Listening.Until(2, 0, false), lines::add);
        assertEquals(2, lines.size());
        assertTrue(
                lines.get(0).endsWith("  demo/a  1  [" + FakeRelay.id("sender").shortHex() + "]  (5 s old)"),
                lines.get(0));
        assertFalse(lines.get(1).contains("\u001b"));
        assertTrue(demo.closed);
    }

    @Test
    void listensByFilterAndToRawEventsByName() {
        operations.listen("demo", "demo/+", soon(), line -> {});
        assertTrue(demo.interest.topics().test("demo/a"));
        assertFalse(demo.interest.topics().test("demo/a/b"));
        assertEquals(Set.of(), demo.interest.events());
        operations.listen("demo", "t", soon(), line -> {});
        assertEquals(Set.of("t"), demo.interest.events());
        assertThrows(IllegalArgumentException.class, () -> operations.listen("demo", "a#", soon(), line -> {}));
    }

    private static Listening.Until soon() {
        return new Listening.Until(0, 1, false);
    }

    @Test
    void endsListeningWhenInterrupted() {
        Thread.currentThread().interrupt();
        operations.listen("demo", null, new Listening.Until(0, 0, false), line -> {});
        assertFalse(Thread.interrupted());
        assertTrue(demo.closed);
    }

    @Test
    void listensAsLinesOfJson() {
        demo.hear(List.of(new Heard("demo/a", "1")));
        List<String> lines = new ArrayList<>();
        operations.listen("demo", null, new Listening.Until(1, 0, true), lines::add);
        assertTrue(lines.get(0).startsWith("{\"topic\":\"demo/a\",\"payload\":\"MQ==\",\"text\":\"1\""), lines.get(0));
    }

    @Test
    void invitesWithATextThatIsReadBackAndACode() {
        List<String> lines =
                operations.invite("demo", new Invited.Terminal(80, false)).lines();
        assertTrue(lines.get(0).startsWith("SECRET"));
        assertEquals("demo", Invitation.parse(lines.get(2)).subcluster());
        assertTrue(
                lines.stream().allMatch(line -> line.length() <= 80 || line.startsWith("srp1:") || line.contains(" ")));
        assertTrue(lines.size() > 20);
    }

    @Test
    void namesFewerPeersInACodeThatWouldBeTooWide() {
        relay.invitedPeers = List.of(
                FakeRelay.id("a").hex() + "@192.0.2.1:1",
                FakeRelay.id("b").hex() + "@192.0.2.2:1",
                FakeRelay.id("c").hex() + "@192.0.2.3:1");
        List<String> lines =
                operations.invite("demo", new Invited.Terminal(60, false)).lines();
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("\\(the code names [012] of 3 peers.*")),
                lines.toString());
        assertTrue(operations
                        .invite("demo", new Invited.Terminal(0, false))
                        .lines()
                        .size()
                < 8);
    }

    @Test
    void rotatesForABoundTime() throws Exception {
        operations.rotate("demo", "12h");
        assertEquals(List.of("rotate PT12H"), demo.sent);
        assertThrows(IllegalArgumentException.class, () -> operations.rotate("demo", "soon"));
    }

    @Test
    void saysThatNoNodeRuns() {
        Operations none = new Operations(Views.of(null));
        assertThrows(IllegalStateException.class, () -> none.publish("demo", "t", "1", false));
        String text = relay.invite("demo").text();
        assertThrows(IllegalStateException.class, () -> none.join(text, JoinOptions.CAREFUL));
    }

    @Test
    void tracesByTheFirstDigits() {
        relay.traces.add(new TracedMessage(FakeRelay.id("m"), "demo", List.of()));
        assertTrue(reports.trace(FakeRelay.id("m").shortHex()).lines().get(0).startsWith("message "));
        assertEquals(2, reports.trace(null).lines().size());
        Exception unknown = assertThrows(
                IllegalArgumentException.class,
                () -> reports.trace(FakeRelay.id("n").hex()));
        assertTrue(unknown.getMessage().contains("forgotten"));
        assertEquals(List.of("demo"), reports.subclusterNames());
        assertEquals(List.of(FakeRelay.id("m").hex()), reports.messages());
    }
}
