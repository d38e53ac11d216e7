// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long MS = 1_000_000;

    // Monotonic clocks may start anywhere, also shortly before they overflow.
    private static final long START = Long.MAX_VALUE - 2 * MS;

    @Test
    void letsTheFirstDatagramLeaveAtOnce() {
        assertTrue(new Pace(1, START).waitNanos(START) <= 0);
    }

    @Test
    void spacesDatagramsByTheInterval() {
        Pace pace = new Pace(10, START);
        pace.count(START);

        assertEquals(100 * MS - Pace.BURST_NANOS, pace.waitNanos(START));
        assertEquals(0, pace.waitNanos(START + 100 * MS - Pace.BURST_NANOS));
    }

    @Test
    void keepsTheAverageWhateverTheBurst() {
        Pace pace = new Pace(1_000, START);
        long now = START;
        for (int i = 0; i < 1_000; i++) {
            now += Math.max(0, pace.waitNanos(now));
            pace.count(now);
        }

        assertEquals(1_000 * MS - Pace.BURST_NANOS, now - START + MS);
    }

    @Test
    void catchesUpAfterOversleepingALittle() {
        Pace pace = new Pace(1_000, START);
        leavingAt(pace, START);

        assertEquals(3, leavingAt(pace, START + 3 * MS));
    }

    @Test
    void savesUpNoMoreThanTheBurst() {
        Pace pace = new Pace(1_000, START);

        assertEquals(5, leavingAt(pace, START + 60_000 * MS));
    }

    private static int leavingAt(Pace pace, long now) {
        int left = 0;
        while (pace.waitNanos(now) <= 0) {
            pace.count(now);
            left++;
        }
        return left;
    }
}
