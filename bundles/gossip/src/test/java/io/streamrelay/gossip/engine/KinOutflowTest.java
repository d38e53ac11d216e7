// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The way to one of our own nodes, which tells what has come. */
class KinOutflowTest {

    private final CachedPacket first = packet(1);
    private final CachedPacket second = packet(2);

    private static CachedPacket packet(int seed) {
        return CachedPacket.arrived(TestPackets.single(seed), 0);
    }

    private static int pollAll(Outflow outflow, long nowMs) {
        return polled(outflow, nowMs).size();
    }

    private static List<Id> polled(Outflow outflow, long nowMs) {
        List<Id> polled = new ArrayList<>();
        for (CachedPacket next = outflow.poll(nowMs); next != null; next = outflow.poll(nowMs)) {
            polled.add(next.id());
        }
        return polled;
    }

    private static List<Id> ids(int fromSeed, int untilSeed) {
        return IntStream.range(fromSeed, untilSeed)
                .mapToObj(seed -> packet(seed).id())
                .toList();
    }

    private static void told(Outflow outflow, int number, long nowMs, CachedPacket... came) {
        List<Integer> names =
                Stream.of(came).map(packet -> Receipt.name(packet.id())).toList();
        outflow.told(new Receipt(false, number, names), nowMs);
    }

    /** Whoever it is for has just come, and nothing of what left before has. */
    private static void lost(Outflow outflow, long nowMs) {
        told(outflow, Receipt.AFRESH, nowMs);
    }

    /** What leaves of all that waits, while the other tells at once that it has come. */
    private static List<Id> sendAll(Outflow outflow, long fromMs) {
        List<Id> sent = new ArrayList<>();
        for (long nowMs = fromMs; nowMs < fromMs + 60_000 && !outflow.isEmpty(); nowMs++) {
            for (CachedPacket next = outflow.poll(nowMs); next != null; next = outflow.poll(nowMs)) {
                told(outflow, 0, nowMs, next);
                sent.add(next.id());
            }
        }
        return sent;
    }

    /** More waits than the window takes; the last that left. */
    private static CachedPacket fill(Outflow outflow) {
        CachedPacket last = null;
        for (int seed = 100; last == null || outflow.isEmpty(); seed++) {
            outflow.offerLive(packet(seed));
            CachedPacket left = outflow.poll(0);
            last = left == null ? last : left;
        }
        IntStream.range(150, 160).forEach(seed -> outflow.offerLive(packet(seed)));
        return last;
    }

    private static void makeSilent(Outflow outflow, CachedPacket any) {
        outflow.offerLive(any);
        outflow.poll(0);
        outflow.line().ask(1_000);
    }

    @Test
    void sendsRepairsInTheOrderInWhichTheyCameToBeHeld() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        second.sequence(1);
        outflow.offerRepair(second, 0);
        outflow.offerRepair(first, 0);
        assertSame(first, outflow.poll(0));
        assertSame(second, outflow.poll(0));
    }

    @Test
    void sendsWhatGotLostBeforeAllElse() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        CachedPacket third = packet(3);
        outflow.offerLive(first);
        outflow.poll(0);
        outflow.offerLive(second);
        outflow.offerRepair(third, 0);
        lost(outflow, 1);
        assertSame(first, outflow.poll(1));
        assertSame(second, outflow.poll(1));
        assertSame(third, outflow.poll(1));
    }

    @Test
    void sendsWhatGotLostInTheOrderInWhichItHadLeft() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(second);
        outflow.offerLive(first);
        pollAll(outflow, 0);
        lost(outflow, 1);
        assertSame(second, outflow.poll(1));
        assertSame(first, outflow.poll(1));
    }

    @Test
    void callsARepairWhatFillsAGapAlone() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.offerRepair(second, 0);
        outflow.poll(0);
        assertFalse(outflow.isRepair());
        outflow.poll(0);
        assertTrue(outflow.isRepair());
    }

    @Test
    void doesNotCallALivePacketARepairBecauseItGotLost() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        for (long nowMs = 0; nowMs < 3; nowMs++) {
            assertSame(first, outflow.poll(nowMs));
            assertFalse(outflow.isRepair());
            lost(outflow, nowMs + 1);
        }
    }

    @Test
    void callsARepairThatGotLostARepair() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerRepair(first, 0);
        outflow.poll(0);
        lost(outflow, 1);
        assertSame(first, outflow.poll(1));
        assertTrue(outflow.isRepair());
    }

    @Test
    void sendsWhatHasComeNoMore() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.poll(0);
        told(outflow, 0, 100, first);
        lost(outflow, 200);
        assertTrue(outflow.isEmpty());
        assertTrue(outflow.wasSent(first));
    }

    @Test
    void leavesWhatGetsLostOverAndOverToAntiEntropy() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        int sent = 0;
        for (long nowMs = 0; nowMs < 1_000; nowMs++) {
            sent += outflow.poll(nowMs) == null ? 0 : 1;
            lost(outflow, nowMs + 1);
        }
        assertEquals(1 + Limits.LOST_TIMES_MAX, sent);
        assertTrue(outflow.offerRepair(first, Timing.CACHE_TTL_MS));
    }

    @Test
    void whatGotLostDoesNotCountAsSentOnceMore() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.poll(0);
        lost(outflow, 1);
        outflow.poll(1);
        assertFalse(outflow.wasRepaired(first));
        assertTrue(outflow.offerRepair(first, 1 + Timing.IN_FLIGHT_MS));
    }

    @Test
    void holdsNoMoreThanTheLimitOfAllKinds() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.poll(0);
        assertTrue(outflow.offerRepair(packet(3), 0));
        for (int i = 1; i < Limits.OUTFLOW_PACKETS_MAX; i++) {
            assertTrue(outflow.offerLive(second));
        }
        assertFalse(outflow.offerLive(second));
        assertFalse(outflow.offerRepair(packet(4), 0));
        lost(outflow, 1);
        List<Id> sent = sendAll(outflow, 1);
        assertFalse(sent.contains(first.id()));
        assertEquals(Limits.OUTFLOW_PACKETS_MAX, sent.size());
    }

    @Test
    void countsWhatGotLostAmongWhatItHolds() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.poll(0);
        lost(outflow, 1);
        for (int i = 1; i < Limits.OUTFLOW_PACKETS_MAX; i++) {
            assertTrue(outflow.offerLive(second));
        }
        assertFalse(outflow.offerLive(second));
    }

    @Test
    void doesNotOfferAsARepairWhatWaitsBecauseItGotLost() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.poll(0);
        lost(outflow, 1);
        assertFalse(outflow.offerRepair(first, Timing.IN_FLIGHT_MS));
        assertSame(first, outflow.poll(Timing.IN_FLIGHT_MS));
        assertTrue(outflow.isEmpty());
        assertFalse(outflow.offerRepair(first, 2 * Timing.IN_FLIGHT_MS - 1));
        assertTrue(outflow.offerRepair(first, 2 * Timing.IN_FLIGHT_MS));
    }

    private static void forget(Outflow outflow, CachedPacket packet) {
        packet.markGone();
        outflow.forget(packet);
    }

    @Test
    void forgetsWhatGotLostAndIsHeldNoMore() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.offerLive(second);
        pollAll(outflow, 0);
        lost(outflow, 1);
        forget(outflow, first);
        assertSame(second, outflow.poll(1));
        lost(outflow, 2);
        forget(outflow, second);
        assertFalse(outflow.isBusy());
        assertNull(outflow.poll(2));
        assertEquals(-1, outflow.lookAgain(2));
        assertEquals(0, Tables.size(outflow, "sendings"));
    }

    @Test
    void forgetsWhatIsNewAndHeldNoMore() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.offerLive(second);
        forget(outflow, first);
        assertSame(second, outflow.poll(0));
        assertNull(outflow.poll(0));
        assertEquals(0, outflow.flags() & AgeStamp.MORE);
    }

    @Test
    void saysThatNothingWaitsWhenAllThatWaitsIsHeldNoMore() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.offerLive(second);
        forget(outflow, second);
        outflow.poll(0);
        assertEquals(0, outflow.flags() & AgeStamp.MORE);
        assertTrue(outflow.isEmpty());
    }

    @Test
    void doesNotTryOnASilentLineWhatIsHeldNoMore() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        makeSilent(outflow, first);
        fillWindow(outflow);
        CachedPacket third = packet(3);
        outflow.offerLive(second);
        outflow.offerLive(third);
        forget(outflow, second);
        assertSame(third, outflow.poll(10_000));
        assertNull(outflow.poll(20_000));
        assertTrue(outflow.isEmpty());
    }

    private static void fillWindow(Outflow outflow) {
        for (int seed = 300; outflow.line().mayLeave(1_000); seed++) {
            outflow.line().left(packet(seed), 400, false, true, false, 1_000);
        }
    }

    @Test
    void forgetsARepairThatGotLostWhileItWaitedAgain() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.poll(0);
        assertTrue(outflow.offerRepair(first, Timing.IN_FLIGHT_MS));
        lost(outflow, Timing.IN_FLIGHT_MS);
        assertSame(first, outflow.poll(Timing.IN_FLIGHT_MS));
        assertTrue(outflow.isEmpty());
    }

    @Test
    void doesNotSendAgainWhatWasHeldNoMoreWhenItGotLost() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.poll(0);
        outflow.forget(first);
        lost(outflow, 1);
        assertTrue(outflow.isEmpty());
    }

    @Test
    void triesASilentLineWithLittleOfWhatIsNew() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        fill(outflow);
        outflow.line().ask(1_000);
        IntStream.range(200, 300).forEach(seed -> outflow.offerLive(packet(seed)));
        List<Id> tried = polled(outflow, 1_000);
        assertFalse(tried.isEmpty());
        assertFalse(outflow.isRepair());
        tried.addAll(polled(outflow, 60_000));
        assertTrue(tried.size() < 100, tried.size() + " packets");
        assertEquals(ids(200, 200 + tried.size()), tried);
        lost(outflow, 60_001);
        List<Id> sent = sendAll(outflow, 60_001);
        assertTrue(sent.containsAll(tried));
        sent.removeAll(tried);
        sent.retainAll(ids(150, 300));
        List<Id> waiting = new ArrayList<>(ids(150, 160));
        waiting.addAll(ids(200 + tried.size(), 300));
        assertEquals(waiting, sent);
    }

    @Test
    void sendsWhatIsNewBeforeRepairsWhenASilentLineTellsAgain() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        makeSilent(outflow, first);
        CachedPacket third = packet(3);
        outflow.offerRepair(third, 1_000);
        outflow.offerLive(second);
        told(outflow, 1, 1_100, first);
        assertSame(second, outflow.poll(1_100));
        assertFalse(outflow.isRepair());
        assertSame(third, outflow.poll(1_100));
    }

    @Test
    void tellsTheNextHopWhetherMoreWaits() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.offerLive(second);
        outflow.poll(0);
        assertEquals(AgeStamp.ASKS | AgeStamp.MORE, outflow.flags());
        outflow.poll(0);
        assertEquals(0, outflow.flags() & AgeStamp.MORE);
    }

    @Test
    void tellsAReferencePeerNothing() {
        Outflow outflow = Outflow.toward(false, 1, 0);
        outflow.offerLive(first);
        outflow.offerLive(second);
        outflow.poll(0);
        assertEquals(0, outflow.flags());
    }

    @Test
    void isBusyWhileSomethingWaitsOrWillBeTold() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        assertFalse(outflow.isBusy());
        outflow.offerLive(first);
        assertTrue(outflow.isBusy());
        outflow.poll(0);
        told(outflow, 0, 100, first);
        assertFalse(outflow.isBusy());
        outflow.offerLive(first);
        outflow.offerLive(second);
        pollAll(outflow, 100);
        assertTrue(outflow.isBusy());
        told(outflow, 0, 200, first, second);
        assertFalse(outflow.isBusy());
    }

    @Test
    void isNotLookedAtAgainWhenNothingWaits() {
        assertEquals(-1, Outflow.toward(true, 1, 0).lookAgain(0));
        assertEquals(-1, Outflow.toward(false, 1, 0).lookAgain(0));
    }

    @Test
    void isLookedAtAgainWhenAReceiptIsOverdue() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        fill(outflow);
        assertEquals(outflow.line().timeoutMs(), outflow.lookAgain(0));
    }

    @Test
    void isNotLookedAtEachMillisecondWhileNothingWaits() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.poll(0);
        assertEquals(outflow.line().timeoutMs(), outflow.lookAgain(0));
        outflow.looked();
        assertEquals(outflow.line().timeoutMs() - 10, outflow.lookAgain(10));
    }

    private static CachedPacket large(int seed) {
        return CachedPacket.arrived(
                TestPackets.published(TestPackets.CLUSTER, TestPackets.sealed(seed, 1_000))
                        .get(0),
                0);
    }

    private static CachedPacket leave(Outflow outflow, int seed, long nowMs) {
        outflow.offerLive(large(seed));
        return outflow.poll(nowMs);
    }

    /** What asked took so long that the window is smaller than what has left, of which nothing asks. */
    @Test
    void whatWaitsIsLookedAtAgainThoughNothingThatIsUnderWayHasAsked() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        told(outflow, 0, 100, leave(outflow, 0, 0));
        outflow.offerLive(large(1));
        outflow.offerLive(large(2));
        CachedPacket asks = outflow.poll(1_000);
        outflow.poll(1_000);
        leave(outflow, 3, 1_300);
        told(outflow, 0, 1_400, asks);
        assertNull(leave(outflow, 6, 1_401));
        assertFalse(outflow.line().isAsked());
        long waitMs = outflow.lookAgain(1_401);
        assertTrue(waitMs > 1 && waitMs <= outflow.line().timeoutMs(), waitMs + " ms");
        outflow.looked();
        // Nothing was asked of what is under way: it has come by then, or is found to lack.
        assertEquals(large(6).id(), outflow.poll(1_401 + waitMs).id());
    }

    @Test
    void whatFillsTheWindowAsksThoughNothingMoreWaits() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        told(outflow, 0, 100, leave(outflow, 0, 0));
        IntStream.range(1, 4).forEach(seed -> leave(outflow, seed, 1_000));
        assertFalse(outflow.line().isAsked());
        leave(outflow, 4, 1_000);
        assertTrue(outflow.line().isAsked());
    }

    @Test
    void isLookedAtAgainOnceUnlessItIsToBeEarlier() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        CachedPacket told = fill(outflow);
        long laterMs = outflow.lookAgain(0);
        assertEquals(-1, outflow.lookAgain(0));
        told(outflow, 0, 10, told);
        assertTrue(outflow.lookAgain(10) < laterMs - 10);
        outflow.looked();
        assertTrue(outflow.lookAgain(10) > 0);
    }

    @Test
    void doesNotSendAgainWhatIsSettled() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.poll(0);
        outflow.settle(first, 10);
        told(outflow, Receipt.AFRESH, 20);
        assertNull(outflow.poll(20));
    }

    @Test
    void doesNotSendAgainWhatIsSettledWhileItWaitsAsLost() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.poll(0);
        told(outflow, Receipt.AFRESH, 20);
        outflow.settle(first, 21);
        assertNull(outflow.poll(22));
    }

    @Test
    void asksWhetherWhatIsSentToSeeIsKept() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.poll(0);
        told(outflow, Receipt.NOT_KEPT, 100, first);
        outflow.offerLive(second);
        outflow.poll(200);
        assertEquals(AgeStamp.ASKS, outflow.flags());
        told(outflow, 0, 300, second);
        outflow.offerLive(packet(3));
        outflow.poll(400);
        assertEquals(0, outflow.flags());
    }
}
