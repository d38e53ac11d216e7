// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Clocks that stand still until a test moves them. Thread-safe. */
final class TestClocks {

    // The monotonic clock of a host may be anywhere; here it overflows soon.
    private volatile long nanos = Long.MAX_VALUE - 1_000_000_000;
    private volatile Instant wall = Instant.parse("2026-11-26T12:00:00Z");

    StoreClocks clocks() {
        return new StoreClocks(() -> nanos, new WallClock());
    }

    /** Time passes, by both clocks. */
    void passes(Duration time) {
        nanos += time.toNanos();
        wall = wall.plus(time);
    }

    /** Somebody sets the wall clock. */
    void wall(Instant newWall) {
        wall = newWall;
    }

    private final class WallClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return wall;
        }
    }
}
