// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private final Turn turn =
            new Turn(EngineConfig.of(TestPackets.filled(1), TestPackets.CLUSTER, List.of()), new Random(1));
    private final PeerTable peers = new PeerTable();
    private final CatchUp catchUp = new CatchUp(turn, peers);
    private final Peer one = peer(2, true);
    private final Peer other = peer(3, true);
    private final Peer reference = peer(4, false);

    private static Peer peer(int number, boolean kin) {
        Endpoint at = new Endpoint(0x14010000 + number, 4_000);
        return new Peer(TestPackets.numbered(number), Path.main(at), 31, kin, "0123456789ab", 0);
    }

    @BeforeEach
    void meet() {
        List.of(one, other, reference).forEach(peers::add);
        at(0);
    }

    private void at(long nowMs) {
        turn.begin(new Now(nowMs, nowMs));
    }

    @Test
    void isFromOnePeerAtATime() {
        catchUp.takesFrom(one);
        assertTrue(catchUp.mayTakeFrom(one));
        assertFalse(catchUp.mayTakeFrom(other));
        assertTrue(catchUp.mayTakeFrom(reference), "which takes no word of ours for a reason to wait");
    }

    @Test
    void goesOnWithOthersWhenOneBringsLittle() {
        catchUp.takesFrom(one);
        one.pinged(0);
        one.ponged(40);
        catchUp.came(one, true, false);
        at(Timing.ASK_PAUSE_MS - 1);
        assertFalse(catchUp.mayTakeFrom(other));
        at(Timing.ASK_PAUSE_MS);
        assertTrue(catchUp.mayTakeFrom(other));
        catchUp.came(one, true, false);
        assertFalse(catchUp.mayTakeFrom(other), "it does bring something");
    }

    @Test
    void goesOnWithOthersWhenNothingHasComeForAWhile() {
        catchUp.takesFrom(one);
        at(Timing.RECEIPT_TIMEOUT_FIRST_MS - 1);
        assertFalse(catchUp.mayTakeFrom(other));
        at(Timing.RECEIPT_TIMEOUT_FIRST_MS);
        assertTrue(catchUp.mayTakeFrom(other));
    }

    @Test
    void waitsForWhatIsSaidToCome() {
        catchUp.takesFrom(one);
        catchUp.came(one, true, true);
        at(Timing.MORE_MS - 1);
        assertFalse(catchUp.mayTakeFrom(other));
    }

    @Test
    void doesNotWaitForASlowPeerForLong() {
        catchUp.takesFrom(one);
        for (long nowMs = 0; nowMs < Timing.CATCH_UP_MS; nowMs += 500) {
            at(nowMs);
            catchUp.came(one, true, true);
            assertFalse(catchUp.mayTakeFrom(other));
        }
        at(Timing.CATCH_UP_MS);
        assertTrue(catchUp.mayTakeFrom(other));
    }

    @Test
    void goesOnWithOthersWhenBothHoldTheSameOrThePeerHasGone() {
        catchUp.takesFrom(one);
        catchUp.agrees(other);
        assertFalse(catchUp.mayTakeFrom(other));
        catchUp.agrees(one);
        assertTrue(catchUp.mayTakeFrom(other));
        catchUp.takesFrom(one);
        peers.remove(one);
        assertTrue(catchUp.mayTakeFrom(other));
    }

    @Test
    void asksAgainWhoHasNotAnswered() {
        catchUp.takesFrom(one);
        assertTrue(catchUp.isUnanswered(one));
        assertFalse(catchUp.isUnanswered(other));
        at(catchUp.answerMs(one));
        assertTrue(catchUp.isUnanswered(one));
        catchUp.heard(one);
        assertFalse(catchUp.isUnanswered(one));
    }

    @Test
    void knowsWhetherOthersHaveBroughtSomethingLately() {
        assertTrue(catchUp.isFirstToBring(one));
        other.arrivals().came(false, 0);
        assertFalse(catchUp.isFirstToBring(one));
        assertTrue(catchUp.isFirstToBring(other));
        at(Timing.BROUGHT_MS);
        assertTrue(catchUp.isFirstToBring(one));
    }

    @Test
    void takesAFewForLossAndMoreForTwoPartsThatMeet() {
        catchUp.takesFrom(one);
        catchUp.came(one, true, true);
        assertFalse(catchUp.isOneOfMany(one.endpoint()));
        catchUp.came(one, true, true);
        assertTrue(catchUp.isOneOfMany(one.endpoint()));
        assertFalse(catchUp.isOneOfMany(other.endpoint()));
        at(Timing.CATCH_UP_MS);
        assertFalse(catchUp.isOneOfMany(one.endpoint()));
    }

    @Test
    void leavesRoomForOthersAfterAPeersTurn() {
        catchUp.takesFrom(one);
        at(Timing.CATCH_UP_MS);
        catchUp.takesFrom(one);
        assertTrue(catchUp.mayTakeFrom(one));
        assertTrue(catchUp.mayTakeFrom(other));
        catchUp.takesFrom(other);
        assertFalse(catchUp.mayTakeFrom(one));
    }
}
