// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.gossip.engine.Flight.Flown;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinkPaceTest {

    private static final long TRIP_MS = 200;
    private static final CachedPacket ANY = CachedPacket.arrived(TestPackets.single(1), 0);

    private final LinkPace pace = new LinkPace();

    /** A line with a queue before its bottleneck, whose other end tells of each packet at once. */
    private final class Bottleneck {

        private record Crossing(Flown flown, long toldMs, boolean lost) {}

        private final Random random = new Random(1);
        private final Deque<Crossing> crossings = new ArrayDeque<>();
        private final double lossShare;
        private double bytesPerMs;
        private double freeMs;
        private long nowMs;
        private long underWay;
        private long arrived;
        private long overflowed;
        private double waitedMs;
        private int left;

        Bottleneck(double bytesPerMs, double lossShare) {
            this.bytesPerMs = bytesPerMs;
            this.lossShare = lossShare;
        }

        double pipe() {
            return bytesPerMs * TRIP_MS;
        }

        void run(long durationMs) {
            arrived = 0;
            overflowed = 0;
            waitedMs = 0;
            left = 0;
            for (long endMs = nowMs + durationMs; nowMs < endMs; nowMs++) {
                tell();
                while (pace.mayLeave(underWay, nowMs)) {
                    leave();
                }
            }
        }

        private void leave() {
            Flown flown = flown(LinkPace.PACKET, nowMs, true);
            underWay += flown.bytes();
            pace.left(flown.bytes());
            boolean overflows = freeMs - nowMs > TRIP_MS;
            overflowed += overflows ? 1 : 0;
            left++;
            waitedMs += Math.max(0, freeMs - nowMs);
            if (!overflows) {
                freeMs = Math.max(nowMs, freeMs) + flown.bytes() / bytesPerMs;
            }
            crossings.add(new Crossing(
                    flown, (long) Math.ceil(freeMs) + TRIP_MS, overflows || random.nextDouble() < lossShare));
        }

        private void tell() {
            List<Flown> came = new ArrayList<>();
            int lost = 0;
            while (!crossings.isEmpty() && crossings.peek().toldMs() <= nowMs) {
                Crossing crossing = crossings.poll();
                underWay -= crossing.flown().bytes();
                if (crossing.lost()) {
                    lost++;
                } else {
                    came.add(crossing.flown());
                }
            }
            if (!came.isEmpty()) {
                told(came, nowMs);
            }
            if (lost > 0) {
                pace.lost(lost, came.size());
            }
            arrived += came.stream().mapToLong(Flown::bytes).sum();
        }
    }

    private Flown flown(int bytes, long leftMs, boolean pressed) {
        return new Flown(ANY, bytes, leftMs, false, false, true, pressed, pace.cameBytes(), pace.cameMs(), false);
    }

    private void told(List<Flown> came, long nowMs) {
        Flown newest = came.get(came.size() - 1);
        came.forEach(flown -> pace.came(flown, nowMs));
        pace.measured(nowMs - newest.leftMs(), nowMs);
        pace.judge(newest, nowMs);
    }

    /** All that may leave does, and comes a round trip later. */
    private int round(long nowMs, long tripMs) {
        List<Flown> flown = new ArrayList<>();
        while (pace.mayLeave((long) flown.size() * LinkPace.PACKET, nowMs)) {
            flown.add(flown(LinkPace.PACKET, nowMs, true));
            pace.left(LinkPace.PACKET);
        }
        told(flown, nowMs + tripMs);
        return flown.size();
    }

    /** While it starts only the window holds anything back. */
    private boolean isStarting(long nowMs) {
        pace.left(1_000_000);
        return pace.waitMs(0, nowMs) == 0;
    }

    @Test
    void beginsWithAFewPackets() {
        int packets = round(0, TRIP_MS);
        assertTrue(packets > 2 && packets < 20, packets + " packets");
    }

    @Test
    void doublesEachRoundTripOnALineThatBringsAllOfIt() {
        int before = round(0, TRIP_MS);
        for (int round = 1; round < 8; round++) {
            int packets = round(round * TRIP_MS, TRIP_MS);
            assertEquals(2 * before, packets);
            before = packets;
        }
    }

    @Test
    void growsOnlyByWhatWouldHaveBeenMore() {
        double before = pace.window();
        told(List.of(flown(LinkPace.PACKET, 0, false)), TRIP_MS);
        assertEquals(before, pace.window());
    }

    @Test
    void endsTheStartWhenReceiptsComeLate() {
        round(0, TRIP_MS);
        round(TRIP_MS, TRIP_MS);
        assertTrue(isStarting(2 * TRIP_MS));
        round(2 * TRIP_MS, 2 * TRIP_MS);
        assertFalse(isStarting(4 * TRIP_MS));
    }

    @Test
    void endsTheStartWhenManyInARowGetLost() {
        round(0, TRIP_MS);
        round(TRIP_MS, TRIP_MS);
        pace.lost(20, 10);
        assertFalse(isStarting(2 * TRIP_MS));
    }

    @Test
    void goesOnWithTheStartWhenSomeGetLostByChance() {
        round(0, TRIP_MS);
        round(TRIP_MS, TRIP_MS);
        pace.lost(1, 0);
        pace.lost(10, 20);
        assertTrue(isStarting(2 * TRIP_MS));
    }

    @Test
    void goesOnWithTheStartWhileNothingHasCome() {
        pace.lost(20, 0);
        assertTrue(isStarting(TRIP_MS));
    }

    @Test
    void settlesAtWhatTheLineCarriesWithTheWindowNearThePipe() {
        Bottleneck line = new Bottleneck(250, 0);
        line.run(10_000);
        line.run(10_000);
        assertTrue(line.arrived > 0.9 * 250 * 10_000, line.arrived + " bytes");
        assertEquals(0, line.overflowed);
        double window = pace.window();
        assertTrue(window > line.pipe() && window < 2 * line.pipe(), "window " + window);
    }

    @Test
    void settlesOnASlowLine() {
        Bottleneck line = new Bottleneck(8, 0);
        line.run(20_000);
        line.run(20_000);
        assertTrue(line.arrived > 0.9 * 8 * 20_000, line.arrived + " bytes");
    }

    @Test
    void letsHardlyAnythingWaitBeforeASlowLine() {
        Bottleneck line = new Bottleneck(8, 0);
        line.run(20_000);
        line.run(60_000);
        double packetMs = LinkPace.PACKET / 8.0;
        assertTrue(line.arrived > 0.95 * 8 * 60_000, line.arrived + " bytes");
        assertTrue(line.waitedMs / line.left < 0.5 * packetMs, line.waitedMs / line.left + " ms");
    }

    @Test
    void isNotSlowedByChanceLoss() {
        Bottleneck line = new Bottleneck(250, 0.1);
        line.run(10_000);
        line.run(10_000);
        assertTrue(line.arrived > 0.9 * 0.9 * 250 * 10_000, line.arrived + " bytes");
    }

    @Test
    void noticesThatTheLineHasBecomeFaster() {
        assertNoticed(50, 100);
    }

    @Test
    void noticesThatALineOfAPacketOrTwoHasBecomeFaster() {
        assertNoticed(8, 64);
    }

    private void assertNoticed(double bytesPerMs, double fasterBytesPerMs) {
        Bottleneck line = new Bottleneck(bytesPerMs, 0);
        line.run(10_000);
        line.bytesPerMs = fasterBytesPerMs;
        line.run(20_000);
        line.run(10_000);
        assertTrue(line.arrived > 0.9 * fasterBytesPerMs * 10_000, line.arrived + " bytes");
    }

    @Test
    void noticesThatTheLineHasBecomeSlower() {
        Bottleneck line = new Bottleneck(100, 0);
        line.run(10_000);
        line.bytesPerMs = 25;
        line.run(30_000);
        line.run(10_000);
        assertTrue(line.arrived > 0.9 * 25 * 10_000, line.arrived + " bytes");
        assertEquals(0, line.overflowed);
        assertTrue(pace.window() < 2 * line.pipe() + 4 * LinkPace.PACKET, "window " + pace.window());
    }

    @Test
    void spreadsWhatLeavesOverTheRoundTrip() {
        Bottleneck line = new Bottleneck(250, 0);
        line.run(10_000);
        long atOnce = 0;
        line.nowMs += 10 * TRIP_MS;
        line.tell();
        while (pace.mayLeave(line.underWay, line.nowMs)) {
            line.leave();
            atOnce += LinkPace.PACKET;
        }
        assertTrue(atOnce < line.pipe() / 2, atOnce + " bytes");
        assertTrue(pace.waitMs(line.underWay, line.nowMs) > 0);
    }

    @Test
    void letsAPacketLeaveInEachRoundTripHoweverSlowTheLineSeems() {
        round(0, TRIP_MS);
        pace.lost(20, 0);
        long nowMs = TRIP_MS;
        for (int trickle = 0; trickle < 100; trickle++) {
            nowMs += TRIP_MS;
            Flown flown = flown(1, nowMs, true);
            nowMs += TRIP_MS;
            told(List.of(flown), nowMs);
        }
        assertTrue(pace.mayLeave(0, nowMs));
        pace.left(LinkPace.PACKET);
        assertTrue(pace.waitMs(LinkPace.PACKET, nowMs) <= TRIP_MS);
    }

    @Test
    void waitsForReceiptsTwoRoundTripsAndALittle() {
        assertEquals(Timing.RECEIPT_TIMEOUT_FIRST_MS, pace.timeoutMs());
        assertEquals(-1, pace.roundTripMs());
        pace.measured(TRIP_MS, TRIP_MS);
        assertEquals(TRIP_MS, pace.roundTripMs());
        assertEquals(2 * TRIP_MS + Timing.RECEIPT_TIMEOUT_MIN_MS, pace.timeoutMs());
    }

    @Test
    void getsUsedToAnotherRoundTrip() {
        pace.measured(TRIP_MS, TRIP_MS);
        pace.measured(3 * TRIP_MS, 4 * TRIP_MS);
        assertTrue(pace.roundTripMs() > TRIP_MS && pace.roundTripMs() < 2 * TRIP_MS);
        for (int measured = 0; measured < 100; measured++) {
            pace.measured(3 * TRIP_MS, 4 * TRIP_MS);
        }
        assertTrue(pace.roundTripMs() > 2.9 * TRIP_MS);
    }

    @Test
    void forgetsTheShortestRoundTripInTheEnd() {
        Bottleneck line = new Bottleneck(250, 0);
        line.run(10_000);
        double before = pace.window();
        pace.measured(3 * TRIP_MS, line.nowMs);
        assertEquals(before, pace.window());
        for (int measured = 1; measured < 20; measured++) {
            pace.measured(3 * TRIP_MS, line.nowMs + Timing.SHORTEST_TRIP_MS + measured * TRIP_MS);
        }
        assertTrue(pace.window() > 2 * before);
    }

    @Test
    void takesTheRoundTripOfAPacketThatFoundTheLineEmptyForTheShortestWhenThatIsOld() {
        pace.measured(TRIP_MS, TRIP_MS);
        pace.measuredAlone(2 * TRIP_MS, Timing.SHORTEST_TRIP_MS);
        assertEquals(TRIP_MS, pace.nearMs());
        pace.measuredAlone(2 * TRIP_MS, 2 * Timing.SHORTEST_TRIP_MS);
        assertEquals(2 * TRIP_MS, pace.nearMs());
    }

    @Test
    void findsTheShortestRoundTripThoughAQueueStandsOnASlowLine() {
        Bottleneck line = new Bottleneck(8, 0);
        line.run(20_000);
        long shortestMs = pace.nearMs();
        // What stood in the queue while the way was longer is measured as if it were the way.
        line.freeMs = line.nowMs + 2 * TRIP_MS;
        line.run(Timing.SHORTEST_TRIP_MS);
        line.run(2 * Timing.SHORTEST_TRIP_MS);
        assertTrue(pace.nearMs() < 1.2 * shortestMs, pace.nearMs() + " ms");
    }

    /** It counts as much as has been under way at once. */
    @Test
    void letsSmallPacketsLeaveWhileTheShortestRoundTripIsMeasured() {
        Bottleneck line = new Bottleneck(8, 0);
        line.run(20_000);
        pace.measured(3 * TRIP_MS, line.nowMs + Timing.SHORTEST_TRIP_MS);
        pace.left(200);
        assertFalse(pace.isFull(400));
        pace.left(LinkPace.PACKET);
        assertTrue(pace.isFull(400));
    }

    @Test
    void wantsAReceiptMoreOftenThanOnceInARoundTripAndAfterEachPacketOfASmallWindow() {
        assertEquals(1, pace.receiptEvery());
        new Bottleneck(250, 0).run(10_000);
        assertTrue(pace.receiptEvery() > 1);
        assertTrue(pace.receiptEvery() * LinkPace.PACKET < pace.window() / 2);
    }

    @Test
    void doesNotPressWhatLeavesNowAndThen() {
        assertTrue(pace.pressing() >= pace.window());
        new Bottleneck(250, 0).run(10_000);
        assertTrue(pace.pressing() > 0 && pace.pressing() < pace.window());
    }

    @Test
    void isNotSlowedByMuchChanceLoss() {
        Bottleneck line = new Bottleneck(250, 0.4);
        line.run(30_000);
        line.run(10_000);
        assertTrue(line.arrived > 0.7 * 0.6 * 250 * 10_000, line.arrived + " bytes");
    }

    @Test
    void isNotSlowedForMinutesByOneShortRoundTrip() {
        Bottleneck line = new Bottleneck(250, 0);
        line.run(10_000);
        pace.measured(TRIP_MS / 2, line.nowMs);
        line.run(60_000);
        line.run(10_000);
        assertTrue(line.arrived > 0.7 * 250 * 10_000, line.arrived + " bytes");
    }
}
