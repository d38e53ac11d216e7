// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutLaneTest {

    private final Simulation simulation = new Simulation(1);
    private final Simulation.Lane thread = simulation.lane();
    private final Map<String, CompletableFuture<Receipt>> sent = new LinkedHashMap<>();
    private final List<String> acknowledged = new ArrayList<>();
    private final List<LastRefused> leftOut = new ArrayList<>();
    private final OutLane lane = new OutLane(
            this::send, thread, new StateLog("test", "nowhere", thread::nowMs), new Backoff(() -> 0), leftOut::add);
    private Refusal refusal;

    private CompletionStage<Receipt> send(Message message, SendName name) {
        CompletableFuture<Receipt> receipt = new CompletableFuture<>();
        sent.put(new String(message.payload(), StandardCharsets.UTF_8), receipt);
        if (refusal != null) {
            receipt.completeExceptionally(new RefusedException(refusal, "not now"));
        }
        return receipt;
    }

    private static SendName name(String text) {
        return new SendName("1/7/" + text);
    }

    private static SendName once(String text) {
        return new SendName("2/" + text);
    }

    private boolean takesAgain(SendName name, boolean repeated) {
        return lane.takesAgain(name, "t", repeated, () -> acknowledged.add(name.text()));
    }

    private void take(String text) {
        lane.take(name(text), "t", List.of(World.message("t", text)), () -> acknowledged.add(text));
    }

    private void commit(String text) {
        sent.get(text).complete(null);
        simulation.run(0);
    }

    private void fail(String text, Refusal reason) {
        sent.get(text).completeExceptionally(new RefusedException(reason, "refused"));
        simulation.run(0);
    }

    @Test
    void sendsWithoutWaitingAndAcknowledgesInOrder() {
        take("1");
        take("2");
        take("3");
        assertEquals(List.of("1", "2", "3"), List.copyOf(sent.keySet()));
        commit("2");
        assertEquals(List.of(), acknowledged);
        commit("1");
        assertEquals(List.of("1", "2"), acknowledged);
        assertFalse(lane.isIdle());
        commit("3");
        assertTrue(lane.isIdle());
    }

    @Test
    void acknowledgesWhatIsNotSentInItsTurn() {
        take("1");
        lane.take(name("nothing"), "t", List.of(), () -> acknowledged.add("nothing"));
        assertEquals(List.of(), acknowledged);
        commit("1");
        assertEquals(List.of("1", "nothing"), acknowledged);
    }

    @Test
    void acknowledgesOnceWhenAllPartsAreCommitted() {
        lane.take(
                name("k"),
                "t",
                List.of(World.message("t", "a"), World.message("t", "b")),
                () -> acknowledged.add("both"));
        commit("b");
        assertEquals(List.of(), acknowledged);
        commit("a");
        assertEquals(List.of("both"), acknowledged);
    }

    @Test
    void bringsNoMoreThanItsWindowOnTheWay() {
        for (int i = 0; i <= OutLane.WINDOW; i++) {
            take(Integer.toString(i));
        }
        assertEquals(OutLane.WINDOW, sent.size());
        commit("0");
        assertEquals(OutLane.WINDOW + 1, sent.size());
    }

    @Test
    void triesAgainWhatWasRefusedBeforeWhatCameLater() {
        refusal = Refusal.BUSY;
        take("1");
        take("2");
        simulation.run(0);
        assertEquals(List.of("1"), List.copyOf(sent.keySet()), "nothing overtakes what is refused");
        refusal = null;
        sent.clear();
        simulation.run(Backoff.FIRST_MS);
        assertEquals(List.of("1"), List.copyOf(sent.keySet()), "one alone tries whether it is taken again");
        commit("1");
        commit("2");
        assertEquals(List.of("1", "2"), acknowledged);
    }

    @Test
    void triesAgainWhatTheStoreFailedToCommit() {
        take("1");
        take("2");
        fail("1", Refusal.STORE_FAILED);
        commit("2");
        assertEquals(List.of(), acknowledged);
        simulation.run(Backoff.FIRST_MS);
        commit("1");
        assertEquals(List.of("1", "2"), acknowledged);
    }

    @Test
    void leavesOutWhatIsTooLarge() {
        refusal = Refusal.TOO_LARGE;
        take("huge");
        refusal = null;
        take("small");
        simulation.run(0);
        commit("small");
        assertEquals(List.of("huge", "small"), acknowledged);
        assertEquals(List.of(new LastRefused("t", 4, "not now", 0)), leftOut);
    }

    @Test
    void doesNotSendAgainWhatTheBrokerRepeats() {
        take("1");
        take("2");
        commit("1");
        lane.connectionLost();
        assertTrue(lane.takesAgain(name("1"), "t", true, () -> acknowledged.add("1 again")));
        assertTrue(lane.takesAgain(name("2"), "t", true, () -> acknowledged.add("2 again")));
        assertEquals(List.of("1", "1 again"), acknowledged);
        commit("2");
        assertEquals(List.of("1", "1 again", "2", "2 again"), acknowledged);
    }

    /** An old Mosquitto does not mind how many it has unacknowledged. */
    @Test
    void knowsThousandsWhoseAcknowledgementsWereLost() {
        int count = 5_000;
        for (int i = 0; i < count; i++) {
            take(Integer.toString(i));
            commit(Integer.toString(i));
        }
        assertEquals(count, acknowledged.size());
        lane.connectionLost();
        for (int i = 0; i < count; i++) {
            assertTrue(takesAgain(name(Integer.toString(i)), true), "message " + i);
        }
    }

    /** As Artemis does, and without saying that it repeats itself. */
    @Test
    void knowsWhatABrokerRepeatsUnderOtherPacketIdentifiers() {
        Stream.of("1", "2", "3").forEach(this::take);
        commit("1");
        lane.connectionLost();
        Stream.of("1", "2", "3").forEach(text -> assertTrue(takesAgain(new SendName("1/8/" + text), false), text));
        assertFalse(takesAgain(new SendName("1/8/4"), false));
        commit("2");
        commit("3");
        assertEquals(List.of("1", "1/8/1", "2", "1/8/2", "3", "1/8/3"), acknowledged);
        assertEquals(3, sent.size());
    }

    @Test
    void takesAnEqualReadingForANewOne() {
        take("1");
        commit("1");
        assertFalse(lane.takesAgain(name("1"), "t", true, () -> {}), "nothing is repeated within a connection");
        lane.connectionLost();
        assertFalse(lane.takesAgain(name("other"), "t", true, () -> {}));
        assertFalse(lane.takesAgain(name("1"), "t", true, () -> {}), "the broker has gone on");
    }

    @Test
    void expectsNoRepetitionFromABrokerThatHasForgotten() {
        take("1");
        lane.connectionLost();
        lane.sessionForgotten();
        assertFalse(lane.takesAgain(name("1"), "t", true, () -> {}));
    }

    @Test
    void sendsNoMoreWhenItIsStopped() {
        lane.stop();
        take("1");
        assertTrue(sent.isEmpty());
    }

    @Test
    void doesNotSendAgainWhatAnEarlierProcessHasSent() {
        lane.sentBefore(List.of(name("a"), once("b")));
        assertTrue(takesAgain(name("a"), true));
        assertTrue(takesAgain(once("b"), false));
        assertEquals(List.of("1/7/a", "2/b"), acknowledged);
        assertFalse(takesAgain(name("a"), true), "once");
        assertFalse(takesAgain(once("b"), false), "once");
    }

    @Test
    void answersWhatAnEarlierProcessHasSentInItsTurn() {
        take("first");
        lane.sentBefore(List.of(once("b")));
        assertTrue(takesAgain(once("b"), false));
        assertEquals(List.of(), acknowledged);
        commit("first");
        assertEquals(List.of("first", "2/b"), acknowledged);
    }

    @Test
    void takesAnEqualMessageForAnotherUnlessTheBrokerSaysThatItRepeatsItself() {
        lane.sentBefore(List.of(name("a")));
        assertFalse(takesAgain(name("a"), false), "the packet identifier is used again");
        assertFalse(takesAgain(name("a"), true), "and the broker has gone on");
    }

    @Test
    void knowsNothingOfAnEarlierProcessWhenTheBrokerHasForgottenTheSessionButWhatIsInCustody() {
        lane.sentBefore(List.of(name("a"), once("b")));
        lane.sessionForgotten();
        assertFalse(takesAgain(name("a"), true));
        assertTrue(takesAgain(once("b"), false));
    }

    private static final SendName MARKED = new SendName("3/0123456789abcdef-1/00");

    /** As Artemis sends after a crash, under another packet identifier, what is in custody already. */
    @Test
    void whatHasTheBrokersIdIsSentOnceThoughItComesAgainWhileItIsOnItsWay() {
        lane.take(MARKED, "t", List.of(World.message("t", "m")), () -> acknowledged.add("first"));
        assertTrue(takesAgain(MARKED, false));
        assertEquals(List.of(), acknowledged);
        commit("m");
        assertEquals(List.of("first", MARKED.text()), acknowledged);
        assertTrue(takesAgain(MARKED, false));
        assertEquals(List.of("first", MARKED.text(), MARKED.text()), acknowledged);
        assertEquals(1, sent.size());
    }

    @Test
    void whatHasTheBrokersIdAndWasSentBeforeARestartIsKnownHoweverOftenItComes() {
        lane.sentBefore(List.of(MARKED));
        assertTrue(takesAgain(MARKED, false));
        assertTrue(takesAgain(MARKED, false));
        assertEquals(2, acknowledged.size());
        assertFalse(takesAgain(new SendName("3/0123456789abcdef-2/00"), false));
    }
}
