// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = Pace.ofReference(0);

    private int takeAll(long nowMs) {
        int taken = 0;
        while (pace.tryTake(nowMs)) {
            taken++;
        }
        return taken;
    }

    private int takeAll(long fromMs, long toMs) {
        int taken = 0;
        for (long nowMs = fromMs; nowMs < toMs; nowMs += 10) {
            taken += takeAll(nowMs);
        }
        return taken;
    }

    /** All at once would be more than its socket holds. */
    @Test
    void spacesABurst() {
        assertEquals(10, takeAll(0));
        assertEquals(10, pace.waitMs(0));
        assertEquals(100, takeAll(10, 1_010));
    }

    @Test
    void letsABurstThroughAndThenOnlyWhatItsCounterBears() {
        assertEquals(200 + 12 * 10, takeAll(0, 10_010));
        assertEquals(84, pace.waitMs(10_000));
    }

    @Test
    void takesNothingOfOneBucketWhenTheOtherIsEmpty() {
        takeAll(0);
        for (int again = 0; again < 1_000; again++) {
            pace.tryTake(0);
        }
        assertEquals(200 + 12 * 10 - 10, takeAll(10, 10_010));
    }
}
