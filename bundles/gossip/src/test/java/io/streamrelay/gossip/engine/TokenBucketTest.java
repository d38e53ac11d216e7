// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private final TokenBucket bucket = new TokenBucket(10, 3, 1_000);

    private int takeAll(long nowMs) {
        int taken = 0;
        while (bucket.tryTake(nowMs)) {
            taken++;
        }
        return taken;
    }

    @Test
    void letsABurstThroughAndThenOnlyTheRate() {
        assertEquals(3, takeAll(1_000));
        assertEquals(2, takeAll(1_200));
        assertEquals(0, takeAll(1_250));
    }

    @Test
    void neverSavesMoreThanABurst() {
        assertEquals(3, takeAll(1_000_000));
    }

    @Test
    void tellsHowLongToWait() {
        takeAll(1_000);
        assertEquals(100, bucket.waitMs(1_000));
        assertEquals(40, bucket.waitMs(1_060));
        assertEquals(0, bucket.waitMs(1_100));
        assertTrue(bucket.tryTake(1_100));
    }

    @Test
    void whatIsOwedIsWaitedFor() {
        bucket.owe(5, 1_000);
        assertEquals(300, bucket.waitMs(1_000));
        assertFalse(bucket.tryTake(1_299));
        assertTrue(bucket.tryTake(1_300));
    }

    @Test
    void takesNothingBackWhenTimeStandsStill() {
        takeAll(1_000);
        assertFalse(bucket.tryTake(1_000));
    }
}
