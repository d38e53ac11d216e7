// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Keeps keys from being wiped while a thread computes with them. Any number of threads may use them at a time. */
final class ClosingLock {

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final String what;
    private boolean closed;

    /** @param what names the thing in the message of the exception */
    ClosingLock(String what) {
        this.what = what;
    }

    /**
     * Begins to use the keys; {@link #endUse} must follow.
     *
     * @throws IllegalStateException when they have been wiped
     */
    void beginUse() {
        lock.readLock().lock();
        if (closed) {
            lock.readLock().unlock();
            throw new IllegalStateException(what + " is closed");
        }
    }

    void endUse() {
        lock.readLock().unlock();
    }

    /** Waits until nobody uses the keys, then wipes them. Only the first call does anything. */
    void close(Runnable wipe) {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                wipe.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
