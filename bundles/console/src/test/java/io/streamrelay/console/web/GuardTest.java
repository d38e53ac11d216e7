// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.console.web.Guard.Verdict;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GuardTest {

    private static final String RIGHT = PageExchange.basic("a", "b");
    private static final String WRONG = PageExchange.basic("a", "c");

    private final AtomicLong nowMs = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final Guard guard = new Guard(
            credentials -> {
                asked.incrementAndGet();
                return credentials.equals(new Credentials("a", "b"));
            },
            nowMs::get);

    @Test
    void asksTheLoginOnceAMinute() {
        for (int i = 0; i < 100; i++) {
            assertEquals(Verdict.ADMITTED, guard.look("here", RIGHT));
        }
        assertEquals(1, asked.get());
        nowMs.addAndGet(Guard.ADMITTED_MS);
        assertEquals(Verdict.ADMITTED, guard.look("here", RIGHT));
        assertEquals(2, asked.get());
    }

    @Test
    void remembersNoMoreThanItsLimit() {
        Guard lenient = new Guard(credentials -> asked.incrementAndGet() > 0, nowMs::get);
        for (int i = 0; i <= Guard.ADMITTED_MAX; i++) {
            lenient.look("here", PageExchange.basic("user" + i, ""));
        }
        lenient.look("here", PageExchange.basic("user0", ""));
        assertEquals(Guard.ADMITTED_MAX + 2, asked.get());
    }

    @Test
    void doesNotTellAGuesserWhatIsRight() {
        assertEquals(Verdict.ADMITTED, guard.look("operator", RIGHT));
        for (int i = 0; i < Attempts.FAILURES_MAX; i++) {
            assertEquals(Verdict.UNKNOWN, guard.look("guesser", WRONG));
        }
        assertEquals(Verdict.CLOSED, guard.look("guesser", RIGHT));
        assertEquals(Verdict.CLOSED, guard.look("guesser", null));
        assertEquals(Verdict.ADMITTED, guard.look("operator", RIGHT));
    }

    @Test
    void whoSaysNothingHasNotFailed() {
        for (int i = 0; i < 100; i++) {
            assertEquals(Verdict.UNKNOWN, guard.look("here", null));
        }
        assertEquals(Verdict.ADMITTED, guard.look("here", RIGHT));
    }

    @Test
    void whatIsNoLoginCountsAsAGuess() {
        for (int i = 0; i < Attempts.FAILURES_MAX; i++) {
            assertEquals(Verdict.UNKNOWN, guard.look("here", i % 2 == 0 ? "Bearer x" : "Basic %"));
        }
        assertEquals(Verdict.CLOSED, guard.look("here", RIGHT));
        assertEquals(0, asked.get());
    }
}
