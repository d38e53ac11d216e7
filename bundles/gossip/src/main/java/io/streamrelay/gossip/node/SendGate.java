// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import java.util.concurrent.TimeUnit;

/** Where an application's messages enter a subcluster: it makes the caller wait, and in the end refuses. */
final class SendGate {

    /** How many messages of a subcluster may be on their way to the store; a guess: what a group commit may hold. */
    static final int MESSAGES_MAX = 1_024;

    /** How many bytes of them. */
    static final long BYTES_MAX = 8L << 20;

    /** How long an application is made to wait, in milliseconds: long enough for a slow disk; a guess. */
    static final long WAIT_MS = 5_000;

    private final SendBudget budget = new SendBudget(MESSAGES_MAX, BYTES_MAX);
    private final Backlog backlog;
    private final Dispatcher dispatcher;
    private final Counters counters;
    private final long waitMs;
    private volatile boolean shut;

    /** @param waitMs how long a caller waits, in milliseconds */
    SendGate(NodeParts node, long waitMs) {
        this.waitMs = waitMs;
        this.backlog = node.listening();
        this.dispatcher = node.dispatcher();
        this.counters = node.counters();
    }

    /** @throws RefusedException with BUSY when there was no room for so long, with CLOSED after {@link #shut} */
    void enter(int bytes) {
        if (shut) {
            throw refusal(Refusal.CLOSED, "the node, or the subcluster, is closed");
        }
        try {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
            // A listener that waited here would wait for itself.
            boolean room = dispatcher.isCurrentThread() || backlog.awaitRoom(waitMs);
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (room && budget.acquire(bytes, leftMs)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw refusal(Refusal.BUSY, "the node's queues stayed full for " + waitMs + " ms");
    }

    /** Lets nobody in any more. */
    void shut() {
        shut = true;
    }

    /** Waits until all that got in have their answer; false when the time was too short. */
    boolean awaitEmpty(long timeoutMs) throws InterruptedException {
        return budget.awaitNone(timeoutMs);
    }

    void leave(int bytes) {
        budget.release(bytes);
    }

    /** A refusal that the engine did not see, counted like those that it makes. */
    RefusedException refusal(Refusal reason, String message) {
        RefusedException refusal = new RefusedException(reason, message);
        counters.increment(Refusals.counter(refusal));
        return refusal;
    }
}
