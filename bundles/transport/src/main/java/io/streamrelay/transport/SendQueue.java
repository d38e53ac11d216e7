// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A bounded queue of datagrams that can be closed: what is in it can still be taken. Many offer, one takes. */
final class SendQueue {

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Outgoing> datagrams = new ArrayDeque<>();
    private boolean closed;

    SendQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Adds a datagram; false when the queue is full or closed. Does not wait. */
    boolean offer(Outgoing datagram) {
        lock.lock();
        try {
            if (closed || datagrams.size() >= capacity) {
                return false;
            }
            datagrams.add(datagram);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a datagram; null when the queue is closed and empty. */
    Outgoing take() {
        lock.lock();
        try {
            while (datagrams.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            return datagrams.poll();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return datagrams.size();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
