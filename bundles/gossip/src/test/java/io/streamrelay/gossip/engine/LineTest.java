// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.gossip.packet.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineTest {

    private static final long TRIP_MS = 100;
    private static final int ASKS_AND_MORE = AgeStamp.ASKS | AgeStamp.MORE;

    private final Line line = new Line(0);
    private int seed;

    private CachedPacket packet() {
        return CachedPacket.arrived(
                TestPackets.published(TestPackets.CLUSTER, TestPackets.sealed(seed++, 1_000))
                        .get(0),
                0);
    }

    private int left(CachedPacket packet, boolean again, boolean more, boolean probes, long nowMs) {
        return line.left(packet, packet.packet().size(), again, more, probes, nowMs);
    }

    private CachedPacket leave(boolean more, long nowMs) {
        CachedPacket packet = packet();
        left(packet, false, more, false, nowMs);
        return packet;
    }

    private List<CachedPacket> fill(long nowMs) {
        List<CachedPacket> left = new ArrayList<>();
        while (line.mayLeave(nowMs)) {
            left.add(leave(true, nowMs));
        }
        return left;
    }

    private Line.Told told(int number, long nowMs, CachedPacket... packets) {
        List<Integer> names =
                Stream.of(packets).map(packet -> Receipt.name(packet.id())).toList();
        return line.told(new Receipt(false, number, names), nowMs);
    }

    /** The round trip is known, and nothing under way. */
    private void measure(long nowMs) {
        told(0, nowMs, leave(false, nowMs - TRIP_MS));
        assertEquals(TRIP_MS, line.roundTripMs());
    }

    /** How many questions leave within a time. */
    private int askAll(long fromMs, long untilMs) {
        int asked = 0;
        for (long nowMs = fromMs; nowMs < untilMs; nowMs++) {
            if (line.isOverdue(nowMs)) {
                line.ask(nowMs);
                asked++;
            }
        }
        return asked;
    }

    /** A packet that leaves as long as the line is not full. */
    private CachedPacket leaveNowAndThen(long nowMs) {
        assertTrue(line.mayLeave(nowMs));
        return leave(false, nowMs);
    }

    /** Found by chance: at 60 % loss the first dozen waited for three minutes, until the line was idle. */
    @Test
    void whatLeftUnaskedIsToldOfByALaterReceipt() {
        measure(1_000);
        List<CachedPacket> left = new ArrayList<>();
        for (long nowMs = 2_000; nowMs < 6_000; nowMs += 500) {
            left.add(leaveNowAndThen(nowMs));
        }
        CachedPacket last = left.remove(left.size() - 1);
        CachedPacket first = left.remove(0);
        Line.Told told = told(0, 5_600, first, last);
        assertEquals(List.of(first, last), told.came());
        assertEquals(left, told.lost());
    }

    @Test
    void whatLeftUnaskedLongAgoTakesNoRoom() {
        measure(1_000);
        for (long nowMs = 2_000; nowMs < 6_000; nowMs += 500) {
            leaveNowAndThen(nowMs);
        }
        assertTrue(line.mayLeave(6_000));
        List<CachedPacket> under = line.underWay().toList();
        line.hold(6_000);
        assertEquals(8, under.size());
        assertEquals(List.of(), line.underWay().toList());
    }

    @Test
    void aPacketNowAndThenAsksNothingAfterTheFirst() {
        CachedPacket first = packet();
        assertEquals(AgeStamp.ASKS, left(first, false, false, false, 0));
        told(0, TRIP_MS, first);
        for (long nowMs = 1_000; nowMs < 1_000_000; nowMs += 1_000) {
            assertTrue(line.mayLeave(nowMs));
            assertEquals(0, left(packet(), false, false, false, nowMs));
            assertFalse(line.isOverdue(nowMs));
        }
    }

    @Test
    void aPacketNowAndThenAsksOnceInAWhileWhenThereAreManyOfThem() {
        measure(TRIP_MS);
        int asked = 0;
        List<CachedPacket> untold = new ArrayList<>();
        for (long nowMs = 1_000; nowMs < 101_000; nowMs += 200) {
            assertTrue(line.mayLeave(nowMs));
            untold.add(packet());
            if (left(untold.get(untold.size() - 1), false, false, false, nowMs) == AgeStamp.ASKS) {
                asked++;
                told(0, nowMs + TRIP_MS, untold.toArray(CachedPacket[]::new));
                untold.clear();
            }
        }
        assertEquals(500 / 16, asked, 1);
    }

    @Test
    void asksOnceWhileTheRoundTripIsUnknown() {
        assertEquals(AgeStamp.ASKS, left(packet(), false, false, false, 0));
        assertEquals(0, left(packet(), false, false, false, 0));
    }

    @Test
    void asksWhenMoreWaitsAndNothingHasAsked() {
        measure(TRIP_MS);
        assertEquals(ASKS_AND_MORE, left(packet(), false, true, false, TRIP_MS));
        assertEquals(AgeStamp.MORE, left(packet(), false, true, false, TRIP_MS));
    }

    @Test
    void asksBeforeTheWindowStopsIt() {
        measure(TRIP_MS);
        int flags = 0;
        while (line.mayLeave(TRIP_MS)) {
            flags = left(packet(), false, true, false, TRIP_MS);
        }
        assertEquals(ASKS_AND_MORE, flags);
    }

    @Test
    void asksWithTheLastOfABurst() {
        measure(TRIP_MS);
        while (line.mayLeave(TRIP_MS)) {
            leave(true, TRIP_MS);
        }
        assertEquals(AgeStamp.ASKS, left(packet(), false, false, false, TRIP_MS));
    }

    @Test
    void asksWithEachPacketWhereMuchGetsLost() {
        measure(TRIP_MS);
        for (int lost = 0; lost < 50; lost++) {
            line.lost();
        }
        assertEquals(AgeStamp.ASKS, left(packet(), false, false, false, TRIP_MS));
        assertEquals(AgeStamp.ASKS, left(packet(), false, false, false, TRIP_MS));
    }

    @Test
    void forgetsThatMuchGotLost() {
        measure(TRIP_MS);
        for (int lost = 0; lost < 50; lost++) {
            line.lost();
        }
        long nowMs = TRIP_MS;
        for (int came = 0; came < 500; came++) {
            CachedPacket packet = leave(false, nowMs);
            nowMs += TRIP_MS;
            told(0, nowMs, packet);
        }
        assertEquals(0, left(packet(), false, false, false, nowMs));
    }

    @Test
    void theWindowStopsWhatLeavesUntilSomethingHasCome() {
        List<CachedPacket> left = fill(0);
        assertFalse(left.isEmpty());
        assertFalse(line.mayLeave(TRIP_MS));
        told(0, TRIP_MS, left.get(0), left.get(1));
        assertTrue(line.mayLeave(TRIP_MS));
    }

    @Test
    void whatNobodyWillTellOfFillsTheWindowForAWhile() {
        measure(TRIP_MS);
        CachedPacket unasked = leave(false, TRIP_MS);
        assertFalse(line.isAsked());
        fill(TRIP_MS + line.timeoutMs() + 1);
        assertTrue(line.isAsked());
        assertEquals(
                List.of(unasked),
                told(Receipt.AFRESH, TRIP_MS + line.timeoutMs() + 1).lost());
    }

    @Test
    void isOverdueWhenTheTimeoutHasPassed() {
        fill(0);
        long timeoutMs = line.timeoutMs();
        assertFalse(line.isOverdue(timeoutMs - 1));
        assertEquals(timeoutMs, line.waitMs(0));
        assertTrue(line.isOverdue(timeoutMs));
        assertEquals(1, line.waitMs(timeoutMs));
    }

    @Test
    void isNotOverdueWhileItTells() {
        List<CachedPacket> left = fill(0);
        long timeoutMs = line.timeoutMs();
        told(0, timeoutMs - 1, left.get(0));
        assertFalse(line.isOverdue(timeoutMs));
    }

    @Test
    void asksASilentLineAtAPace() {
        measure(TRIP_MS);
        fill(TRIP_MS);
        int asked = askAll(TRIP_MS, TRIP_MS + 10_000);
        assertTrue(asked > 10 && asked <= 10_000 / Timing.ASK_PAUSE_MS, asked + " questions");
    }

    @Test
    void asksNoMoreThanFourTimesASecondHoweverNearTheOtherIs() {
        long tripMs = 10;
        told(0, tripMs, leave(false, 0));
        fill(tripMs);
        int asked = askAll(tripMs, tripMs + 10_000);
        assertTrue(asked > 10 && asked <= 40, asked + " questions");
    }

    @Test
    void asksASilentLineMoreOftenThanTheFirstQuestionWaits() {
        long tripMs = 2_000;
        told(0, tripMs, leave(false, 0));
        fill(tripMs);
        assertTrue(askAll(tripMs, tripMs + 60_000) > 1 + 60_000 / line.timeoutMs());
    }

    @Test
    void asksALineThatNeverAnsweredEverMoreRarely() {
        fill(0);
        int first = askAll(0, 10_000);
        assertTrue(first > 0 && first <= 10_000 / Timing.RECEIPT_TIMEOUT_FIRST_MS, first + " questions");
        askAll(10_000, 100_000);
        int later = askAll(100_000, 110_000);
        assertTrue(later < first, later + " questions");
        assertTrue(askAll(110_000, 210_000) > 0);
    }

    @Test
    void asksNothingOfWhoOwesNothing() {
        measure(TRIP_MS);
        leave(false, TRIP_MS);
        assertEquals(0, askAll(TRIP_MS, 100_000));
    }

    @Test
    void numbersItsQuestions() {
        assertTrue(line.ask(0) != line.ask(1_000));
        assertFalse(line.ask(2_000) == Receipt.AFRESH);
    }

    @Test
    void isSilentUntilItIsTold() {
        CachedPacket packet = leave(true, 0);
        assertFalse(line.isSilent());
        int question = line.ask(1_000);
        assertTrue(line.isSilent());
        told(question, 1_000 + TRIP_MS, packet);
        assertFalse(line.isSilent());
    }

    @Test
    void whatLeftBeforeTheQuestionAndHasNotComeIsLostInTheOrderInWhichItLeft() {
        measure(TRIP_MS);
        List<CachedPacket> left = fill(TRIP_MS);
        line.ask(1_000);
        int question = line.ask(2_000);
        CachedPacket after = leave(true, 2_000);
        Line.Told told = told(question, 2_000 + TRIP_MS, left.get(1), left.get(3));
        List<CachedPacket> lost = new ArrayList<>(left);
        lost.removeAll(List.of(left.get(1), left.get(3)));
        assertEquals(List.of(left.get(1), left.get(3)), told.came());
        assertEquals(lost, told.lost());
        assertEquals(List.of(after), told(Receipt.AFRESH, 3_000).lost());
    }

    @Test
    void whatLeftEarlierThanSomethingThatHasComeIsLost() {
        measure(TRIP_MS);
        CachedPacket first = leave(true, 1_000);
        CachedPacket second = leave(true, 1_000 + TRIP_MS);
        Line.Told told = told(0, 1_000 + 2 * TRIP_MS, second);
        assertEquals(List.of(second), told.came());
        assertEquals(List.of(first), told.lost());
    }

    @Test
    void whatLeftHardlyEarlierMayHaveBeenOvertaken() {
        measure(TRIP_MS);
        CachedPacket first = leave(true, 1_000);
        CachedPacket second = leave(true, 1_000 + Timing.REORDER_MS);
        assertTrue(told(0, 1_000 + TRIP_MS, second).lost().isEmpty());
        assertEquals(List.of(first), told(0, 1_000 + TRIP_MS, first).came());
    }

    @Test
    void aReceiptThatNamesNothingOfItLosesNothing() {
        fill(0);
        assertEquals(new Line.Told(List.of(), List.of(), List.of()), told(0, TRIP_MS, packet()));
        assertEquals(new Line.Told(List.of(), List.of(), List.of()), told(77, TRIP_MS));
    }

    @Test
    void whoHasJustComeGetsNothingElseOfWhatLeftBefore() {
        List<CachedPacket> left = fill(1_000);
        Line.Told told = told(Receipt.AFRESH, 1_001, left.get(0));
        assertEquals(left.subList(0, 1), told.came());
        assertEquals(left.subList(1, left.size()), told.lost());
        assertEquals(-1, line.roundTripMs());
        assertFalse(line.isAsked());
    }

    @Test
    void onlyASilentLineIsTriedBlindly() {
        fill(0);
        assertFalse(line.mayLeaveBlindly(10_000));
        int question = line.ask(10_000);
        assertTrue(line.mayLeaveBlindly(10_000));
        told(question, 10_100);
        assertFalse(line.mayLeaveBlindly(20_000));
    }

    @Test
    void aSilentLineIsTriedWithLittle() {
        fill(0);
        line.ask(1_000);
        int tried = 0;
        for (long nowMs = 1_000; nowMs < 61_000; nowMs += 10) {
            tried += line.mayLeaveBlindly(nowMs) ? 1 : 0;
        }
        // 9.6 kbit/s carry one packet in a second.
        assertTrue(tried >= 60 && tried <= 180, tried + " packets");
    }

    @Test
    void isBusyWhileAnAnswerIsToBeExpectedSoon() {
        assertFalse(line.isBusy());
        CachedPacket first = leave(false, 0);
        assertTrue(line.isAsked());
        assertFalse(line.isBusy());
        told(0, TRIP_MS, first);
        assertFalse(line.isBusy());
        CachedPacket second = leave(true, TRIP_MS);
        assertTrue(line.isBusy());
        told(0, 2 * TRIP_MS, second);
        assertFalse(line.isBusy());
    }

    @Test
    void whatIsLateOnALineThatLosesMuchDoesNotFillTheWindow() {
        measure(TRIP_MS);
        for (int lost = 0; lost < 50; lost++) {
            line.lost();
        }
        fill(TRIP_MS);
        assertFalse(line.mayLeave(TRIP_MS + line.timeoutMs()));
        assertTrue(line.mayLeave(TRIP_MS + line.timeoutMs() + 1));
    }

    @Test
    void aDeadLineGetsItsWindowOnceHoweverMuchItLost() {
        measure(TRIP_MS);
        for (int lost = 0; lost < 50; lost++) {
            line.lost();
        }
        fill(TRIP_MS);
        for (int asked = 0; asked < 100; asked++) {
            line.ask(1_000 + asked);
        }
        assertFalse(line.mayLeave(100_000));
    }

    @Test
    void noMorePacketsLeaveThanTheOtherDecodesHoweverFastTheLineSeems() {
        long durationMs = 3_000;
        double most = 1.3 * Limits.STREAMS_PER_SECOND * durationMs / 1_000;
        int left = 0;
        for (long nowMs = 0; nowMs < durationMs; nowMs++) {
            List<CachedPacket> flown = new ArrayList<>();
            while (left < most && line.mayLeave(nowMs)) {
                flown.add(leave(true, nowMs));
                left++;
            }
            told(0, nowMs, flown.toArray(CachedPacket[]::new));
        }
        assertTrue(left < most);
    }

    @Test
    void takesNothingForLostThatAReceiptHadNoRoomToName() {
        for (int seed = 0; seed < Receipt.NAMES_MAX; seed++) {
            told(0, 100 * seed + 50, leave(true, 100 * seed));
        }
        List<CachedPacket> burst = new ArrayList<>();
        for (int seed = 0; seed < Receipt.NAMES_MAX + 4; seed++) {
            burst.add(leave(true, 20_000));
        }
        CachedPacket lost = burst.remove(10);
        List<CachedPacket> named = burst.subList(burst.size() - Receipt.NAMES_MAX, burst.size());
        List<Integer> names =
                named.stream().map(packet -> Receipt.name(packet.id())).toList();
        assertEquals(
                List.of(), line.told(new Receipt(false, 0, names, true), 20_500).lost());
        CachedPacket last = leave(true, 21_000);
        assertEquals(List.of(lost), told(0, 21_100, named.get(0), last).lost());
    }

    /** All of the latest are on their way to disk there. */
    @Test
    void whoCanNameNoneOfTheLatestDoesNotSayThatAnyGotLost() {
        measure(500);
        CachedPacket packet = leave(false, 1_000);
        int early = line.ask(2_000);
        assertEquals(
                List.of(),
                line.told(new Receipt(false, early, List.of(), true), 2_100).lost());
        int late = line.ask(3_000);
        assertEquals(
                List.of(packet),
                line.told(new Receipt(false, late, List.of(), false), 3_100).lost());
    }
}
