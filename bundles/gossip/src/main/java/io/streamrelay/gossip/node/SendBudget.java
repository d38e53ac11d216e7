// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import java.util.concurrent.TimeUnit;

/**
 * How many messages of one subcluster may be on their way from the application to the store. Whoever finds it used up
 * waits. Thread-safe.
 */
final class SendBudget {

    private final int messagesMax;
    private final long bytesMax;
    private int messages;
    private long bytes;

    SendBudget(int messagesMax, long bytesMax) {
        this.messagesMax = messagesMax;
        this.bytesMax = bytesMax;
    }

    /** Takes room for a message; false when there was none for that long. A single large message always finds room. */
    synchronized boolean acquire(int messageBytes, long timeoutMs) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (messages > 0 && (messages >= messagesMax || bytes + messageBytes > bytesMax)) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        messages++;
        bytes += messageBytes;
        return true;
    }

    synchronized void release(int messageBytes) {
        messages--;
        bytes -= messageBytes;
        notifyAll();
    }

    /** Waits until no message is on its way; false when the time was too short. */
    synchronized boolean awaitNone(long timeoutMs) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (messages > 0) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        return true;
    }
}
