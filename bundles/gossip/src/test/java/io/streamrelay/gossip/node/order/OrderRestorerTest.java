// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrderRestorerTest {

    private static final OrderLimits LIMITS = new OrderLimits(5_000, 1_000, 4, 1_000, 64, 3, 2);

    private final List<Long> out = new ArrayList<>();
    private final List<Long> forgotten = new ArrayList<>();
    private final OrderRestorer<Long> restorer = new OrderRestorer<>(LIMITS, (sender, epoch) -> forgotten.add(epoch));
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

        OrderRestorer<Long> again = new OrderRestorer<>(LIMITS, (sender, epoch) -> {});
        again.restore(sender(1), 1, state);
        out.clear();
        for (long number : new long[] {2, 4, 7, 3, 6, 5}) {
            again.accept(sender(1), 1, number, 1, number, nowMs, out::add);
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
            restorer.accept(sender(sender), sender, 1, 1, 1L, nowMs, out::add);
        }
        assertEquals(List.of(1L), forgotten);
    }

    @Test
    void restoresAnyOrderWithinItsLimits() {
        OrderRestorer<Long> wide = new OrderRestorer<>(OrderLimits.DEFAULT, (sender, epoch) -> {});
        for (int seed = 0; seed < 50; seed++) {
            out.clear();
            List<Long> numbers = LongStream.rangeClosed(1, 500).boxed().collect(Collectors.toList());
            Collections.shuffle(numbers, new Random(seed));
            Id sender = sender(seed);
            numbers.forEach(number -> wide.accept(sender, 1, number, 1, number, nowMs, out::add));
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
        restorer.accept(sender(1), 1, 2, 1_000, 2L, nowMs, out::add);
        assertEquals(List.of(), out);
        restorer.accept(sender(1), 1, 4, 1, 4L, nowMs, out::add);
        assertEquals(List.of(2L), out);
    }

    @Test
    void beginsAgainAtOneInEachEpochAndForEachSender() {
        accept(1);
        assertTrue(restorer.accept(sender(1), 2, 1, 1, 21L, nowMs, out::add));
        assertTrue(restorer.accept(sender(2), 1, 1, 1, 12L, nowMs, out::add));
        assertEquals(List.of(1L, 21L, 12L), out);
    }

    @Test
    void letsGoWhatItHoldsForTheSenderThatItForgets() {
        accept(2);
        restorer.accept(sender(2), 1, 1, 1, 100L, nowMs, out::add);
        restorer.accept(sender(3), 1, 1, 1, 101L, nowMs, out::add);
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
        OrderRestorer<Long> wide = new OrderRestorer<>(OrderLimits.DEFAULT, (sender, epoch) -> {});
        Id sender = sender(1);
        for (long number = 1; number <= 20_000; number += 2) {
            wide.accept(sender, 1, number, 1, number, nowMs, out::add);
        }
        for (long number = 2; number <= 20_000; number += 2) {
            assertTrue(wide.accept(sender, 1, number, 1, number, nowMs, out::add), "repair of " + number);
        }
        assertEquals(20_000, out.stream().distinct().count());
        assertEquals(20_000, out.size());
    }

    private boolean accept(long... numbers) {
        boolean all = true;
        for (long number : numbers) {
            all &= restorer.accept(sender(1), 1, number, 1, number, nowMs, out::add);
        }
        return all;
    }

    private static Id sender(int number) {
        byte[] bytes = new byte[Id.BYTES];
        bytes[0] = (byte) number;
        return Id.of(bytes);
    }
}
