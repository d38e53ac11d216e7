// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Ephemerals in stock for one recipient, so that a burst of seals costs no curve arithmetic on its way. It is refilled
 * only while nobody takes: during a burst the cores belong to those who seal. When it is empty, the taker computes.
 * Thread-safe; its refills must run one at a time.
 */
final class EphemeralPool implements AutoCloseable {

    private final Supplier<Ephemeral> maker;
    private final Executor refiller;
    private final ArrayBlockingQueue<Ephemeral> ready;
    private final AtomicLong takes = new AtomicLong();
    private final AtomicBoolean refillAsked = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * Asks at once for its first filling.
     *
     * @param maker computes one ephemeral
     * @param refiller runs what it is given a short while later; may drop it once it is shut down
     * @param capacity how many ephemerals are kept
     */
    EphemeralPool(Supplier<Ephemeral> maker, Executor refiller, int capacity) {
        this.maker = maker;
        this.refiller = refiller;
        this.ready = new ArrayBlockingQueue<>(capacity);
        askForRefill();
    }

    /** An ephemeral that nobody else gets. */
    Ephemeral take() {
        takes.incrementAndGet();
        Ephemeral prepared = ready.poll();
        askForRefill();
        return prepared != null ? prepared : maker.get();
    }

    /** Stops refilling and wipes what is in stock. */
    @Override
    public void close() {
        closed = true;
        wipeStock(ready);
    }

    private void askForRefill() {
        if (refillAsked.compareAndSet(false, true)) {
            long takesBefore = takes.get();
            refiller.execute(() -> refillUnlessBusy(takesBefore));
        }
    }

    /** A take since the refill was asked for shows that a burst goes on: then it is put off. */
    private void refillUnlessBusy(long takesBefore) {
        refillAsked.set(false);
        while (!closed && takes.get() == takesBefore && ready.remainingCapacity() > 0) {
            ready.add(maker.get());
        }
        if (closed) {
            // close() may have emptied the stock just before the last one was added.
            wipeStock(ready);
        } else if (ready.remainingCapacity() > 0) {
            askForRefill();
        }
    }

    private static void wipeStock(Queue<Ephemeral> stock) {
        for (Ephemeral next = stock.poll(); next != null; next = stock.poll()) {
            next.box().wipe();
        }
    }
}
