// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.kura.status.Guard.Verdict;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {

    private static final String RIGHT = FakeExchange.basic("a", "b");
    private static final String WRONG = FakeExchange.basic("a", "c");

    private final AtomicLong nowMs = new AtomicLong();
    private final Guard guard = new Guard(new Login("a", "b"), nowMs::get);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertEquals(Verdict.UNKNOWN, guard.look(WRONG));
        }
    }

    /** The clock may begin anywhere, also below zero. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE / 1_000_000, -1, 0, 1_000_000, Long.MAX_VALUE / 1_000_000})
    void looksAtNobodyAfterTenFailures(long startMs) {
        nowMs.set(startMs);
        fail(Guard.ATTEMPTS_MAX);
        assertEquals(Verdict.CLOSED, guard.look(RIGHT));
        assertEquals(Verdict.CLOSED, guard.look(null));
        assertEquals(60, guard.secondsLeft());
        nowMs.addAndGet(Guard.WINDOW_MS - 1);
        assertEquals(Verdict.CLOSED, guard.look(RIGHT));
        assertEquals(1, guard.secondsLeft());
        nowMs.addAndGet(1);
        assertEquals(Verdict.ADMITTED, guard.look(RIGHT));
        fail(Guard.ATTEMPTS_MAX);
        assertEquals(Verdict.CLOSED, guard.look(WRONG));
    }

    @Test
    void forgetsFailuresAfterAMinute() {
        fail(Guard.ATTEMPTS_MAX - 1);
        nowMs.addAndGet(Guard.WINDOW_MS);
        fail(Guard.ATTEMPTS_MAX - 1);
        assertEquals(Verdict.ADMITTED, guard.look(RIGHT));
    }

    @Test
    void whoIsLetInMeanwhileDoesNotWipeOutFailures() {
        fail(Guard.ATTEMPTS_MAX - 1);
        assertEquals(Verdict.ADMITTED, guard.look(RIGHT));
        fail(1);
        assertEquals(Verdict.CLOSED, guard.look(RIGHT));
    }

    @Test
    void whoSaysNothingHasNotFailed() {
        for (int i = 0; i < 100; i++) {
            assertEquals(Verdict.UNKNOWN, guard.look(null));
        }
        assertEquals(Verdict.ADMITTED, guard.look(RIGHT));
    }
}
