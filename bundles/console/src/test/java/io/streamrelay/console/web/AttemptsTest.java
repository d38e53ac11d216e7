// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptsTest {

    private final AtomicLong nowMs = new AtomicLong();
    private final Attempts attempts = new Attempts(nowMs::get);

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            assertTrue(attempts.begin(address));
        }
    }

    /** The clock may begin anywhere, also below zero. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE / 1_000_000, -1, 0, Long.MAX_VALUE / 1_000_000})
    void shutsOutAnAddressForAMinuteAfterTenFailures(long startMs) {
        nowMs.set(startMs);
        fail("a", Attempts.FAILURES_MAX);
        assertFalse(attempts.begin("a"));
        assertEquals(60, attempts.closedSeconds("a"));
        nowMs.addAndGet(Attempts.WINDOW_MS - 1);
        assertEquals(1, attempts.closedSeconds("a"));
        nowMs.addAndGet(1);
        assertEquals(0, attempts.closedSeconds("a"));
        assertTrue(attempts.begin("a"));
    }

    @Test
    void shutsOutNobodyElse() {
        fail("a", Attempts.FAILURES_MAX);
        assertEquals(0, attempts.closedSeconds("b"));
        assertTrue(attempts.begin("b"));
    }

    @Test
    void aSuccessDoesNotWipeOutFailures() {
        fail("a", Attempts.FAILURES_MAX - 1);
        assertTrue(attempts.begin("a"));
        attempts.succeeded("a");
        fail("a", 1);
        assertFalse(attempts.begin("a"));
    }

    @Test
    void whoWasLetInBeforeGoesOnWhileTheRestHasGuessedTooOften() {
        fail("operator", 1);
        attempts.succeeded("operator");
        for (int i = 0; i < Attempts.ALL_FAILURES_MAX; i++) {
            fail("guesser " + i, 1);
        }
        assertFalse(attempts.begin("somebody"));
        assertTrue(attempts.begin("operator"));
        nowMs.addAndGet(Attempts.WINDOW_MS);
        assertTrue(attempts.begin("somebody"));
    }
}
