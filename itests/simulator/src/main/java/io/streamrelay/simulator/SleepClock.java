// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

/** What a host's monotonic clock does while the host sleeps; the wall clock always goes on. */
public enum SleepClock {
    /** As Linux's CLOCK_BOOTTIME, and that of a host whose process was merely stopped. */
    GOES_ON,
    /** As Linux's CLOCK_MONOTONIC in a suspended machine. */
    STANDS_STILL
}
