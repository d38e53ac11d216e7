// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

/** Lets a number of things through at once and then only so many in a second. */
final class TokenBucket {

    private final double ratePerSecond;
    private final double burst;
    private double tokens;
    private long updatedMs;

    TokenBucket(double ratePerSecond, double burst, long nowMs) {
        this.ratePerSecond = ratePerSecond;
        this.burst = burst;
        this.tokens = burst;
        this.updatedMs = nowMs;
    }

    boolean tryTake(long nowMs) {
        return tryTake(1, nowMs);
    }

    /** Takes so many at once, or none. */
    boolean tryTake(int count, long nowMs) {
        refill(nowMs);
        if (tokens < count) {
            return false;
        }
        tokens -= count;
        return true;
    }

    /** Takes so many, even if there are fewer: what comes next waits for what lacks. */
    void owe(int count, long nowMs) {
        refill(nowMs);
        tokens -= count;
    }

    /** How long until the next one may pass; 0 = now. */
    long waitMs(long nowMs) {
        refill(nowMs);
        return tokens >= 1 ? 0 : Math.max(1, (long) Math.ceil((1 - tokens) * 1000 / ratePerSecond));
    }

    private void refill(long nowMs) {
        if (nowMs > updatedMs) {
            tokens = Math.min(burst, tokens + (nowMs - updatedMs) * ratePerSecond / 1000);
            updatedMs = nowMs;
        }
    }
}
