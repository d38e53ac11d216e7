// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes datagrams from the queue and writes them at the pace. A datagram that finds the queue empty and the pace
 * unused leaves at once; no timer is on its way.
 */
final class PacedSender implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(PacedSender.class);

    /** The shortest sleep, in nanoseconds: above the full pace, a few datagrams leave together and save wake-ups. */
    private static final long MIN_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** When to try again after the system's send buffer was full, in nanoseconds: a guess, ten packets at 1 Gbit/s. */
    private static final long RETRY_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final SendQueue queue;
    private final Pace pace;
    private final DatagramWriter writer;
    private final Counters counters;
    private final LogLimiter failures = new LogLimiter(LOG);

    private volatile boolean finishing;
    private volatile long finishNanos;

    PacedSender(SendQueue queue, Pace pace, DatagramWriter writer, Counters counters) {
        this.queue = queue;
        this.pace = pace;
        this.writer = writer;
        this.counters = counters;
    }

    /** Takes nothing more, and lets the sender run on for so long to send what is queued. */
    void finishWithin(long nanos, Thread senderThread) {
        finishNanos = System.nanoTime() + nanos;
        finishing = true;
        queue.close();
        LockSupport.unpark(senderThread);
    }

    /** Sends until the queue is closed and empty, or the time to finish is over. */
    @Override
    public void run() {
        for (Outgoing next = queue.take(); next != null; next = queue.take()) {
            if (!sendInTime(next)) {
                counters.increment(Counter.SEND_UNSENT);
            }
        }
    }

    private boolean sendInTime(Outgoing datagram) {
        while (!isOutOfTime()) {
            long waitNanos = pace.waitNanos(System.nanoTime());
            if (waitNanos > 0) {
                park(Math.max(waitNanos, MIN_PARK_NANOS));
            } else if (write(datagram)) {
                pace.count(System.nanoTime());
                return true;
            } else {
                counters.increment(Counter.SEND_RETRIED);
                park(RETRY_NANOS);
            }
        }
        return false;
    }

    private boolean isOutOfTime() {
        return finishing && System.nanoTime() - finishNanos >= 0;
    }

    private void park(long nanos) {
        long limit = finishing ? Math.min(nanos, finishNanos - System.nanoTime()) : nanos;
        LockSupport.parkNanos(this, limit);
    }

    /** False when the datagram should be tried again. */
    private boolean write(Outgoing datagram) {
        try {
            if (!writer.write(datagram)) {
                return false;
            }
            counters.increment(Counter.SEND_DATAGRAMS);
            counters.add(Counter.SEND_BYTES, datagram.bytes().length);
        } catch (ClosedChannelException e) {
            counters.increment(Counter.SEND_CLOSED);
        } catch (IOException e) {
            counters.increment(Counter.SEND_FAILED);
            failures.warn("A datagram to " + datagram.to() + " could not be sent", e, System.nanoTime());
        }
        return true;
    }
}
