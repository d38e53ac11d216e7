// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.gossip.engine.Event;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the engine. Datagrams are bounded here and refused when there are too many, for the mesh will send
 * them again. Commands and facts are never refused: commands are bounded by the {@link SendBudget} that each of them
 * had to pass, and facts by the requests that they answer; whoever brings one must not be made to wait for an engine
 * that may be waiting for him.
 */
final class EventQueue {

    /** Three full socket buffers of small packets; a guess, to be measured. */
    static final int DATAGRAMS_MAX = 8_192;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Event> facts = new ArrayDeque<>();
    private final Queue<Event> commands = new ArrayDeque<>();
    private final Queue<Event> datagrams = new ArrayDeque<>();
    private boolean waiting;
    private int pauses;
    private boolean nudged;

    /** False when there are too many already. */
    boolean offerDatagram(Event.Datagram datagram) {
        lock.lock();
        try {
            if (datagrams.size() >= DATAGRAMS_MAX) {
                return false;
            }
            datagrams.add(datagram);
            wakeUp();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Something that the application wants. */
    void command(Event event) {
        add(commands, event);
    }

    /** Something that the store, the resolver or the host has answered. */
    void fact(Event event) {
        add(facts, event);
    }

    /** Lets {@link #take} return, also without an event. */
    void nudge() {
        lock.lock();
        try {
            nudged = true;
            wakeUp();
        } finally {
            lock.unlock();
        }
    }

    /** Leaves datagrams where they are, until as many have asked to go on as have asked for it. */
    void pauseDatagrams(boolean pause) {
        lock.lock();
        try {
            pauses += pause ? 1 : -1;
            wakeUp();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Moves up to {@code max} events into {@code batch}: facts first, then commands and datagrams in turn. Waits for
     * a first one for at most {@code waitMs}; it may return without any.
     */
    void take(List<Event> batch, int max, long waitMs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (waitMs > 0 && nothingToTake()) {
                waiting = true;
                changed.await(waitMs, TimeUnit.MILLISECONDS);
                waiting = false;
            }
            nudged = false;
            move(facts, batch, max);
            move(commands, batch, Math.min(max, batch.size() + (max + 1) / 2));
            if (pauses == 0) {
                move(datagrams, batch, max);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean nothingToTake() {
        return !nudged && facts.isEmpty() && commands.isEmpty() && (pauses > 0 || datagrams.isEmpty());
    }

    private void add(Queue<Event> queue, Event event) {
        lock.lock();
        try {
            queue.add(event);
            wakeUp();
        } finally {
            lock.unlock();
        }
    }

    private void wakeUp() {
        if (waiting) {
            changed.signal();
        }
    }

    private static void move(Queue<Event> from, List<Event> to, int max) {
        while (to.size() < max && !from.isEmpty()) {
            to.add(from.poll());
        }
    }
}
