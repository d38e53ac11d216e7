// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How many received messages are on their way to the application. Entering never waits, for the engine must not; while
 * it is full the engine leaves datagrams where they are, and own messages, which are echoed, wait. Thread-safe.
 */
final class Backlog {

    /** A guess: a fraction of a second of a fast sender. */
    static final int MESSAGES_MAX = 4_096;

    private final int max;
    private final Consumer<Boolean> onFull;
    private int messages;
    private boolean full;

    /** @param onFull told with true when it becomes full, with false when half of it is empty again */
    Backlog(int max, Consumer<Boolean> onFull) {
        this.max = max;
        this.onFull = onFull;
    }

    synchronized void enter() {
        messages++;
        if (!full && messages >= max) {
            full = true;
            onFull.accept(true);
        }
    }

    synchronized void leave() {
        messages--;
        if (full && messages <= max / 2) {
            full = false;
            notifyAll();
            onFull.accept(false);
        }
    }

    /** Waits until it is not full; false when the time was too short. */
    synchronized boolean awaitRoom(long timeoutMs) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (full) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        return true;
    }
}
