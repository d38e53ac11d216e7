// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The commits that wait for the writer, bounded, in order. Many offer, one takes. */
final class CommitQueue {

    /** What became of an offer. */
    enum Answer {
        TAKEN,
        FULL,
        CLOSED
    }

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition arrival = lock.newCondition();
    private final Queue<Commit> commits = new ArrayDeque<>();
    private boolean closed;

    CommitQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Adds a commit, and waits for room for so long at most. */
    Answer offer(Commit commit, long waitNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = waitNanos;
            while (!closed && commits.size() >= capacity) {
                if (left <= 0) {
                    return Answer.FULL;
                }
                left = room.awaitNanos(left);
            }
            if (closed) {
                return Answer.CLOSED;
            }
            commits.add(commit);
            // Those between are gathered without waking the taker for each.
            if (commits.size() == 1 || commits.size() == capacity) {
                arrival.signal();
            }
            return Answer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes all that wait; waits for the first for so long at most, and then for others until some moment, unless it is
     * full. Empty when none came, or when closed and empty.
     *
     * @param earliestNanos the moment, by {@link System#nanoTime}
     */
    List<Commit> takeAll(long waitNanos, long earliestNanos) {
        lock.lock();
        try {
            long left = waitNanos;
            while (commits.isEmpty() && !closed && left > 0) {
                left = awaitArrival(left);
            }
            left = earliestNanos - System.nanoTime();
            while (!commits.isEmpty() && commits.size() < capacity && !closed && left > 0) {
                left = awaitArrival(left);
            }
            List<Commit> taken = new ArrayList<>(commits);
            commits.clear();
            room.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private long awaitArrival(long nanos) {
        try {
            return arrival.awaitNanos(nanos);
        } catch (InterruptedException e) {
            // Nobody interrupts the writer but a commit's own callback; commits are not lost for that.
            return nanos;
        }
    }

    /** Whether it is closed and everything has been taken. */
    boolean isFinished() {
        lock.lock();
        try {
            return closed && commits.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return commits.size();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            arrival.signal();
        } finally {
            lock.unlock();
        }
    }
}
