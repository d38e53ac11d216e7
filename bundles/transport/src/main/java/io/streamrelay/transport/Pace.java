// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import java.util.concurrent.TimeUnit;

/**
 * When the next datagram may leave, as a token bucket in its virtual-scheduling form: each datagram moves the schedule
 * on by one interval, and a sender that comes late may catch up a little. Not thread-safe; it is given the time.
 */
final class Pace {

    /**
     * How far the schedule may be overtaken, in nanoseconds: what a thread oversleeps on a busy machine. A guess; at
     * the default pace it lets 100 datagrams leave in a row, which the smallest usual receive buffer (208 KiB) holds.
     */
    static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private final long intervalNanos;
    private long scheduleNanos;

    /**
     * @param packetsPerSecond 1 to 1,000,000
     * @param nowNanos the time of a monotonic clock
     */
    Pace(int packetsPerSecond, long nowNanos) {
        intervalNanos = TimeUnit.SECONDS.toNanos(1) / packetsPerSecond;
        scheduleNanos = nowNanos;
    }

    /** How long the next datagram has to wait, in nanoseconds; 0 or less when it may leave. */
    long waitNanos(long nowNanos) {
        return scheduleNanos - BURST_NANOS - nowNanos;
    }

    /** A datagram has left. */
    void count(long nowNanos) {
        long from = scheduleNanos - nowNanos > 0 ? scheduleNanos : nowNanos;
        scheduleNanos = from + intervalNanos;
    }
}
