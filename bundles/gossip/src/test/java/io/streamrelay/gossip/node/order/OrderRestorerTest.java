// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.GapInfo;
import io.streamrelay.api.Id;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrderRestorerTest {

    private static final OrderLimits LIMITS = new OrderLimits(4, 1_000, 64, 3, 3, 2);

    private final List<Long> out = new ArrayList<>();
    private final Host host = new Host();
    private final OrderRoom room = new OrderRoom();
    private final OrderRestorer<Long> restorer = restorer(LIMITS);
    private long nowMs = 1_000;

    @Test
    void handsOnAtOnceWhatComesInOrder() {
        accept(1, 2, 3);
        assertEquals(List.of(1L, 2L, 3L), out);
        assertEquals(Long.MAX_VALUE, restorer.deadlineMs());
    }

    @Test
    void holdsWhatComesEarlyUntilTheGapIsFilled() {
        accept(1, 3, 4);
        assertEquals(List.of(1L), out);
        accept(2);
        assertEquals(List.of(1L, 2L, 3L, 4L), out);
    }

    @Test
    void goesOnFromWhatItHandedOnAndForgetsWhatItHeldBack() {
        accept(1, 2, 4);
        nowMs += 5_000;
        restorer.expire(nowMs, out::add);
        accept(7);
        OrderState state = restorer.state(sender(1), 1);
        assertEquals(5, state.next());
        assertArrayEquals(new long[] {1, 2, 4, 4}, state.runs());

        OrderRestorer<Long> again = restorer(LIMITS);
        again.restore(sender(1), 1, state);
        out.clear();
        for (long number : new long[] {2, 4, 7, 3, 6, 5}) {
            again.accept(sender(1), 1, new Sequenced<>(number, number, 1, nowMs), out::add);
        }
        assertEquals(List.of(3L, 5L, 6L, 7L), out);
    }

    @Test
    void keepsTheHighestRunsOfOneWithManyGaps() {
        for (long number = 1; number < 20; number += 2) {
            accept(number);
            nowMs += 5_000;
            restorer.expire(nowMs, out::add);
        }
        assertArrayEquals(
                new long[] {15, 15, 17, 17, 19, 19},
                restorer.state(sender(1), 1).runs());
    }

    @Test
    void saysWhomItForgets() {
        for (int sender = 1; sender <= 3; sender++) {
            restorer.accept(sender(sender), sender, new Sequenced<>(1, 1L, 1, nowMs), out::add);
        }
        assertEquals(List.of(1L), host.forgotten);
    }

    @Test
    void restoresAnyOrderWithinItsLimits() {
        OrderRestorer<Long> wide = restorer(OrderLimits.DEFAULT);
        for (int seed = 0; seed < 50; seed++) {
            out.clear();
            List<Long> numbers = LongStream.rangeClosed(1, 500).boxed().collect(Collectors.toList());
            Collections.shuffle(numbers, new Random(seed));
            Id sender = sender(seed);
            numbers.forEach(number -> wide.accept(sender, 1, new Sequenced<>(number, number, 1, nowMs), out::add));
            assertEquals(LongStream.rangeClosed(1, 500).boxed().toList(), out, "seed " + seed);
        }
    }

    @Test
    void givesUpOnAGapWhenTheOneThatWaitsHasWaitedLongEnough() {
        accept(1, 3);
        nowMs += 4_999;
        restorer.expire(nowMs, out::add);
        assertEquals(List.of(1L), out);
        assertEquals(nowMs + 1, restorer.deadlineMs());
        nowMs += 1;
        restorer.expire(nowMs, out::add);
        assertEquals(List.of(1L, 3L), out);
    }

    @Test
    void givesUpOnEarlierGapsTooForTheOneThatHasWaitedLongest() {
        accept(5);
        nowMs += 3_000;
        accept(3);
        nowMs += 2_000;
        restorer.expire(nowMs, out::add);
        assertEquals(List.of(3L, 5L), out);
    }

    @Test
    void handsOnALateOneOnceAndNeverTwice() {
        accept(1, 3);
        nowMs += 5_000;
        restorer.expire(nowMs, out::add);
        assertTrue(accept(2));
        assertFalse(accept(2));
        assertFalse(accept(3));
        assertEquals(List.of(1L, 3L, 2L), out);
    }

    @Test
    void takesARepeatedOneForOneAlsoWhileItIsHeld() {
        accept(3);
        assertFalse(accept(3));
        accept(1, 2);
        assertEquals(List.of(1L, 2L, 3L), out);
    }

    @Test
    void holdsNoMoreItemsThanItsLimit() {
        accept(2, 3, 4, 5);
        assertEquals(List.of(), out);
        accept(6);
        assertEquals(List.of(2L, 3L, 4L, 5L, 6L), out);
    }

    @Test
    void holdsNoMoreBytesThanItsLimit() {
        restorer.accept(sender(1), 1, new Sequenced<>(2, 2L, 1_000, nowMs), out::add);
        assertEquals(List.of(), out);
        restorer.accept(sender(1), 1, new Sequenced<>(4, 4L, 1, nowMs), out::add);
        assertEquals(List.of(2L), out);
    }

    @Test
    void beginsAgainAtOneInEachEpochAndForEachSender() {
        accept(1);
        assertTrue(restorer.accept(sender(1), 2, new Sequenced<>(1, 21L, 1, nowMs), out::add));
        assertTrue(restorer.accept(sender(2), 1, new Sequenced<>(1, 12L, 1, nowMs), out::add));
        assertEquals(List.of(1L, 21L, 12L), out);
    }

    @Test
    void letsGoWhatItHoldsForTheSenderThatItForgets() {
        accept(2);
        restorer.accept(sender(2), 1, new Sequenced<>(1, 100L, 1, nowMs), out::add);
        restorer.accept(sender(3), 1, new Sequenced<>(1, 101L, 1, nowMs), out::add);
        assertEquals(List.of(100L, 2L, 101L), out);
    }

    @Test
    void waitsLessForTheFirstOneWhenItHasComeLate() {
        accept(500);
        nowMs += 1_000;
        restorer.expire(nowMs, out::add);
        assertEquals(List.of(500L), out);
        accept(502);
        nowMs += 1_000;
        restorer.expire(nowMs, out::add);
        assertEquals(List.of(500L), out);
    }

    @Test
    void waitsInFullForTheFirstOnesOfANewSender() {
        accept(2);
        nowMs += 4_999;
        restorer.expire(nowMs, out::add);
        assertEquals(List.of(), out);
    }

    @Test
    void losesNothingOfALongCatchUpWithLoss() {
        OrderRestorer<Long> wide = restorer(OrderLimits.DEFAULT);
        Id sender = sender(1);
        for (long number = 1; number <= 20_000; number += 2) {
            wide.accept(sender, 1, new Sequenced<>(number, number, 1, nowMs), out::add);
        }
        for (long number = 2; number <= 20_000; number += 2) {
            assertTrue(
                    wide.accept(sender, 1, new Sequenced<>(number, number, 1, nowMs), out::add), "repair of " + number);
        }
        assertEquals(20_000, out.stream().distinct().count());
        assertEquals(20_000, out.size());
    }

    @Test
    void handsOnAsTheyComeWhenNoneIsToWait() {
        restorer.waitFor(OrderWait.of(Duration.ZERO));
        accept(3, 1, 500, 2);
        assertEquals(List.of(3L, 1L, 500L, 2L), out);
        assertEquals(Long.MAX_VALUE, restorer.deadlineMs());
        assertEquals(0, room.items());
    }

    @Test
    void neverHandsOnALaterOneFirstWhenItMayWaitForAsLongAsItLives() {
        OrderRestorer<Long> patient = restorer(OrderLimits.DEFAULT);
        patient.waitFor(OrderWait.of(Duration.ofDays(30)));
        List<Long> numbers = LongStream.rangeClosed(1, 2_000).boxed().collect(Collectors.toList());
        Collections.shuffle(numbers, new Random(11));
        for (long number : numbers) {
            nowMs += 20 * 60_000;
            patient.expire(nowMs, out::add);
            patient.accept(sender(1), 1, new Sequenced<>(number, number, 1, nowMs), out::add);
        }
        assertEquals(LongStream.rangeClosed(1, 2_000).boxed().toList(), out);
        assertEquals(Map.of(), host.counts);
    }

    @Test
    void judgesWhatWaitsByAnotherWaitAtOnce() {
        restorer.waitFor(OrderWait.of(Duration.ofDays(1)));
        accept(1, 3);
        nowMs += 60_000;
        restorer.expire(nowMs, out::add);
        assertEquals(List.of(1L), out);
        restorer.waitFor(OrderWait.of(Duration.ofSeconds(60)));
        assertEquals(nowMs, restorer.deadlineMs());
        restorer.expire(nowMs, out::add);
        assertEquals(List.of(1L, 3L), out);
        assertEquals(Map.of(OrderHost.WAITED, 1), host.counts);
    }

    @Test
    void waitsInFullForTheFirstOneWhenOrderIsWorthMoreThanTheDefault() {
        restorer.waitFor(OrderWait.of(Duration.ofSeconds(6)));
        accept(500);
        nowMs += 5_999;
        restorer.expire(nowMs, out::add);
        assertEquals(List.of(), out);
        accept(499);
        nowMs += 1;
        restorer.expire(nowMs, out::add);
        assertEquals(List.of(499L, 500L), out);
    }

    @Test
    void countsWhyItGaveUpAndWhatCameLate() {
        accept(2, 3, 4, 5, 6);
        assertEquals(Map.of(OrderHost.NO_ROOM, 1), host.counts);
        accept(1);
        assertEquals(Map.of(OrderHost.NO_ROOM, 1, OrderHost.LATE, 1), host.counts);
    }

    @Test
    void handsOnOneThatCanWaitNoLongerAndThoseBeforeIt() {
        accept(3, 5, 8);
        restorer.release(sender(1), 1, 5, out::add);
        restorer.release(sender(1), 1, 4, out::add);
        restorer.release(sender(2), 1, 1, out::add);
        assertEquals(List.of(3L, 5L), out);
        assertEquals(Map.of(OrderHost.LET_GO, 2), host.counts);
    }

    @Test
    void holdsNoMoreOfAllSendersTogetherThanThereIsRoom() {
        OrderRestorer<Long> crowded = new OrderRestorer<>(OrderLimits.DEFAULT, new OrderRoom(3, 1_000, 9), host);
        for (int sender = 1; sender <= 4; sender++) {
            nowMs++;
            crowded.accept(sender(sender), 1, new Sequenced<>(2, 100L + sender, 1, nowMs), out::add);
        }
        assertEquals(List.of(101L), out, "who has waited longest makes room");
        crowded.accept(sender(4), 1, new Sequenced<>(3, 104_3L, 1_000, nowMs), out::add);
        assertEquals(List.of(101L, 102L, 103L, 104L, 104_3L), out, "also for bytes");
        assertEquals(Map.of(OrderHost.NO_ROOM, 4), host.counts);
    }

    @Test
    void makesRoomItselfWhenOthersHaveTakenAll() {
        OrderRoom shared = new OrderRoom(2, 1_000, 9);
        OrderRestorer<Long> first = new OrderRestorer<>(OrderLimits.DEFAULT, shared, host);
        OrderRestorer<Long> second = new OrderRestorer<>(OrderLimits.DEFAULT, shared, host);
        first.accept(sender(1), 1, new Sequenced<>(2, 2L, 1, nowMs), out::add);
        first.accept(sender(1), 1, new Sequenced<>(3, 3L, 1, nowMs), out::add);
        second.accept(sender(2), 1, new Sequenced<>(2, 22L, 1, nowMs), out::add);
        assertEquals(List.of(22L), out);
        assertEquals(2, shared.items());
    }

    @Test
    void keepsNothingOfWhatHasGoneWhileTheFirstWaitsForDays() {
        restorer.waitFor(OrderWait.of(Duration.ofDays(30)));
        accept(100_000);
        for (long number = 1; number < 50_000; number++) {
            accept(number);
        }
        assertEquals(49_999, out.size());
        assertEquals(1, room.items());
        assertEquals(1, room.bytes());
    }

    @Test
    void handsOnWhatIsDueOfSeveralSendersWhoseStateIsAskedForMeanwhile() {
        for (int sender = 1; sender <= 2; sender++) {
            restorer.accept(sender(sender), 1, new Sequenced<>(2, (long) sender, 1, nowMs), out::add);
        }
        nowMs += 5_000;
        restorer.expire(nowMs, sender -> {
            out.add(sender);
            restorer.state(sender(sender.intValue()), 1);
        });
        assertEquals(List.of(1L, 2L), out);
    }

    @Test
    void remembersWhatItGaveUp() {
        accept(1, 4, 5, 8);
        assertEquals(List.of(), restorer.gaps(), "it still waits");
        nowMs += 5_000;
        restorer.expire(nowMs, out::add);
        assertEquals(List.of(gap(2, 3), gap(6, 7)), restorer.gaps());
        assertEquals(2, room.gaps());
    }

    @Test
    void narrowsAGapByWhatComesAfterAll() {
        accept(7);
        nowMs += 5_000;
        restorer.expire(nowMs, out::add);
        accept(3);
        assertEquals(List.of(gap(1, 2), gap(4, 6)), restorer.gaps());
        accept(1, 6, 5);
        assertEquals(List.of(gap(2, 2), gap(4, 4)), restorer.gaps());
        accept(2, 4);
        assertEquals(List.of(), restorer.gaps());
        assertEquals(0, room.gaps());
    }

    @Test
    void remembersGapsWithTheStateOfTheirSender() {
        accept(1, 4);
        nowMs += 5_000;
        restorer.expire(nowMs, out::add);
        OrderRestorer<Long> again = restorer(LIMITS);
        again.restore(sender(1), 1, restorer.state(sender(1), 1));
        assertEquals(List.of(gap(2, 3)), again.gaps());
    }

    @Test
    void forgetsTheLowestGapOfASenderThatHasTooMany() {
        restorer.waitFor(OrderWait.of(Duration.ZERO));
        accept(2, 4, 6, 8);
        assertEquals(List.of(gap(3, 3), gap(5, 5), gap(7, 7)), restorer.gaps());
        assertEquals(1, host.counts.get(OrderHost.GAP_FORGOTTEN));
    }

    @Test
    void forgetsAGapOfWhoWasNotHeardForLongestWhenAllHaveTooMany() {
        OrderRestorer<Long> crowded = new OrderRestorer<>(OrderLimits.DEFAULT, new OrderRoom(9, 1_000, 2), host);
        crowded.waitFor(OrderWait.of(Duration.ZERO));
        for (int sender = 1; sender <= 3; sender++) {
            crowded.accept(sender(sender), 1, new Sequenced<>(2, 2L, 1, nowMs), out::add);
        }
        assertEquals(
                List.of(sender(2), sender(3)),
                crowded.gaps().stream().map(GapInfo::sender).toList());
        assertEquals(1, host.counts.get(OrderHost.GAP_FORGOTTEN));
    }

    @Test
    void forgetsTheGapsOfASenderThatItForgets() {
        restorer.waitFor(OrderWait.of(Duration.ZERO));
        for (int sender = 1; sender <= 3; sender++) {
            restorer.accept(sender(sender), 1, new Sequenced<>(2, 2L, 1, nowMs), out::add);
        }
        assertEquals(2, restorer.gaps().size());
        assertEquals(2, room.gaps());
    }

    @Test
    void remembersNoneOfNumbersThatNobodyVouchesFor() {
        OrderRestorer<Long> raw = restorer(OrderLimits.WITHOUT_GAPS);
        raw.waitFor(OrderWait.of(Duration.ZERO));
        raw.accept(sender(1), 1, new Sequenced<>(2, 2L, 1, nowMs), out::add);
        assertEquals(List.of(), raw.gaps());
    }

    @Test
    void whatItHandedOnAndItsGapsAreTogetherAllThatWasSent() {
        Random random = new Random(3);
        OrderRestorer<Long> lossy = restorer(OrderLimits.DEFAULT);
        List<Long> numbers = LongStream.rangeClosed(1, 500)
                .filter(number -> number == 500 || random.nextInt(3) > 0)
                .boxed()
                .collect(Collectors.toList());
        Collections.shuffle(numbers, random);
        for (long number : numbers) {
            nowMs += random.nextInt(2_000);
            lossy.expire(nowMs, out::add);
            lossy.accept(sender(1), 1, new Sequenced<>(number, number, 1, nowMs), out::add);
        }
        lossy.expire(nowMs + 5_000, out::add);
        List<Long> all = new ArrayList<>(out);
        lossy.gaps().forEach(gap -> LongStream.rangeClosed(gap.from(), gap.to()).forEach(all::add));
        Collections.sort(all);
        assertEquals(LongStream.rangeClosed(1, 500).boxed().toList(), all);
        assertEquals(numbers.size(), out.size());
    }

    private static GapInfo gap(long from, long to) {
        return new GapInfo(sender(1), 1, from, to, 77);
    }

    private OrderRestorer<Long> restorer(OrderLimits limits) {
        return new OrderRestorer<>(limits, room, host);
    }

    private static final class Host implements OrderHost {

        private final List<Long> forgotten = new ArrayList<>();
        private final Map<String, Integer> counts = new TreeMap<>();

        @Override
        public void count(String event) {
            counts.merge(event, 1, Integer::sum);
        }

        @Override
        public long wallMs() {
            return 77;
        }

        @Override
        public void forgotten(Id sender, long epoch) {
            forgotten.add(epoch);
        }
    }

    private boolean accept(long... numbers) {
        boolean all = true;
        for (long number : numbers) {
            all &= restorer.accept(sender(1), 1, new Sequenced<>(number, number, 1, nowMs), out::add);
        }
        return all;
    }

    private static Id sender(int number) {
        byte[] bytes = new byte[Id.BYTES];
        bytes[0] = (byte) number;
        return Id.of(bytes);
    }
}
