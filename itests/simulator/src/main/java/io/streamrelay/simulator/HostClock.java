// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.gossip.engine.Now;

/**
 * The two clocks of a host.
 *
 * @param monotonicAtStartMs what the monotonic clock shows when the simulation begins; differs from boot to boot
 * @param wallAtStartMs what the host believes the date to be when the simulation begins
 */
record HostClock(long monotonicAtStartMs, long wallAtStartMs) {

    /** The date at which simulations begin for a host whose clock is right: 2026-11-22T00:00:00Z. */
    static final long TRUE_WALL_AT_START_MS = 1_795_305_600_000L;

    Now now(long virtualMs) {
        return new Now(monotonicAtStartMs + virtualMs, wallAtStartMs + virtualMs);
    }

    /** When, in virtual time, the monotonic clock shows {@code monotonicMs}. */
    long virtualMs(long monotonicMs) {
        return monotonicMs - monotonicAtStartMs;
    }

    /** Somebody has set the date. */
    HostClock withWall(long atStartMs) {
        return new HostClock(monotonicAtStartMs, atStartMs);
    }

    /** The monotonic clock has stood still for so long. */
    HostClock behind(long stoodStillMs) {
        return new HostClock(monotonicAtStartMs - stoodStillMs, wallAtStartMs);
    }
}
