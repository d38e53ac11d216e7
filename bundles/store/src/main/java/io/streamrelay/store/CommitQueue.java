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

    /** A tenth of a second with groups that begin 3 ms apart: at ten messages a second each takes what the last left over. */
    private static final int LEISURE = 30;

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition arrival = lock.newCondition();
    private final Queue<Commit> commits = new ArrayDeque<>();
    private final long patienceNanos;
    private long deadlineNanos;
    private boolean closed;

    /** @param patienceNanos how long what is to be there soon waits for others; what is at leisure thirty times as long */
    CommitQueue(int capacity, long patienceNanos) {
        this.capacity = capacity;
        this.patienceNanos = patienceNanos;
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
            add(commit);
            return Answer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    private void add(Commit commit) {
        commits.add(commit);
        long deadline = System.nanoTime() + patienceNanos(commit);
        boolean isSooner = commits.size() == 1 || deadline - deadlineNanos < 0;
        deadlineNanos = isSooner ? deadline : deadlineNanos;
        // Those between are gathered without waking the taker for each.
        if (isSooner || commits.size() == capacity) {
            arrival.signal();
        }
    }

    private long patienceNanos(Commit commit) {
        return switch (commit.haste()) {
            case URGENT -> 0;
            case SOON -> patienceNanos;
            case AT_LEISURE -> LEISURE * patienceNanos;
        };
    }

    /**
     * Takes all that wait; waits for the first for so long at most, and then for others until some moment, and as long as
     * each of them may, unless it is full. Empty when none came, or when closed and empty.
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
            left = gatheringNanos(earliestNanos);
            while (!commits.isEmpty() && commits.size() < capacity && !closed && left > 0) {
                awaitArrival(left);
                left = gatheringNanos(earliestNanos);
            }
            List<Commit> taken = new ArrayList<>(commits);
            commits.clear();
            room.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** How long those that wait are to be gathered still. */
    private long gatheringNanos(long earliestNanos) {
        long nowNanos = System.nanoTime();
        long left = earliestNanos - nowNanos;
        return Math.max(left, deadlineNanos - nowNanos);
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
