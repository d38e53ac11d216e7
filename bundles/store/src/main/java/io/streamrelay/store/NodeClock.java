// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Node time: the milliseconds that a store knows to have passed since it was made. While the store is open it runs on
 * the monotonic clock, so a wall clock that jumps changes nothing; the wall clock only tells how long the store was
 * closed. Immutable.
 */
final class NodeClock {

    /** 2024-01-01: a clock that shows less was never set, for this program did not exist. */
    static final long WALL_SET_MS = 1_704_067_200_000L;

    /** A longer pause is taken for a clock that was set wrongly: a gateway's packets live for days. */
    static final long CLOSED_MS_MAX = Duration.ofDays(60).toMillis();

    /** Both clocks at one moment. */
    record Reading(long nodeMs, long wallMs) {

        /** How long ago this was by the wall clock; 0 when the wall clock cannot tell. */
        long sinceMs(long wallNowMs) {
            long since = wallNowMs - wallMs;
            boolean set = wallMs >= WALL_SET_MS && wallNowMs >= WALL_SET_MS;
            return set && since >= 0 && since <= CLOSED_MS_MAX ? since : 0;
        }
    }

    private final StoreClocks clocks;
    private final long startNodeMs;
    private final long startNanos;

    private NodeClock(StoreClocks clocks, long startNodeMs) {
        this.clocks = clocks;
        this.startNodeMs = startNodeMs;
        this.startNanos = clocks.nanos().getAsLong();
    }

    /** Goes on from where it was saved. */
    static NodeClock resume(Reading saved, StoreClocks clocks) {
        return new NodeClock(
                clocks, saved.nodeMs() + saved.sinceMs(clocks.wall().millis()));
    }

    /** Goes on from a node time, when it is not known at which time of the wall that was. */
    static NodeClock startAt(long nodeMs, StoreClocks clocks) {
        return new NodeClock(clocks, nodeMs);
    }

    long nowMs() {
        return startNodeMs + TimeUnit.NANOSECONDS.toMillis(clocks.nanos().getAsLong() - startNanos);
    }

    Reading read() {
        return new Reading(nowMs(), clocks.wall().millis());
    }
}
