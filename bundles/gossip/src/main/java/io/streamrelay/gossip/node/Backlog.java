// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How many received messages wait at one place on their way to the application. Entering never waits, for the engine
 * must not; while it is full the engine leaves datagrams where they are, and own messages, which are echoed, wait.
 * When nothing leaves any more, a stuck listener is to blame: then the node goes on without it, for others rely on
 * it to pass their packets on. Thread-safe.
 */
final class Backlog {

    /** A guess: a second of a fast sender. */
    static final int MESSAGES_MAX = 4_096;

    /** How often to {@link #look}, in milliseconds: shorter than a peer's patience (protocol-v6 D13). A guess. */
    static final long LOOK_MS = 3_000;

    private final int max;
    private final Consumer<Boolean> onPause;
    private int messages;
    private boolean full;
    private boolean stuck;
    private boolean left;
    private boolean paused;

    /** @param onPause told with true when it becomes full, with false when half of it is empty again or it is stuck */
    Backlog(int max, Consumer<Boolean> onPause) {
        this.max = max;
        this.onPause = onPause;
    }

    /** False when it is full and stuck: the message is to be left out. */
    synchronized boolean enter() {
        if (stuck && messages >= max) {
            return false;
        }
        messages++;
        full |= messages >= max;
        announce();
        return true;
    }

    synchronized void leave() {
        messages--;
        left = true;
        stuck = false;
        full &= messages > max / 2;
        announce();
    }

    /** Looks whether anything has left since the last time. */
    synchronized void look() {
        stuck = full && !left;
        left = false;
        announce();
    }

    /** Waits until it is not full, or is stuck; false when the time was too short. */
    synchronized boolean awaitRoom(long timeoutMs) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (paused) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        return true;
    }

    private void announce() {
        boolean pause = full && !stuck;
        if (pause != paused) {
            paused = pause;
            notifyAll();
            onPause.accept(pause);
        }
    }
}
