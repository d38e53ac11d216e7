// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits how many of the broker's messages are inside the bridge. When it stays full the bridge lets the broker's
 * messages lie, without acknowledging them, until it is empty and can ask for them again. Thread-safe.
 */
final class Intake {

    /** Twice of what an MQTT 5 broker may send unacknowledged, for messages of QoS 0 come on top. Our own choice. */
    static final int MAX = 2000;

    private final long patienceMs;
    private final Semaphore room = new Semaphore(MAX);
    private volatile boolean overflowed;

    /** @param patienceMs how long a message may wait for room, which holds the broker back */
    Intake(long patienceMs) {
        this.patienceMs = patienceMs;
    }

    /** Whether a message may come in; if so it leaves by the {@link #exit} that was made for it. */
    boolean admits() {
        if (overflowed) {
            return false;
        }
        try {
            if (room.tryAcquire() || room.tryAcquire(patienceMs, TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        overflowed = true;
        return false;
    }

    /** Makes room for one more when it is run; once. */
    Runnable exit() {
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                room.release();
            }
        };
    }

    /** Whether messages were turned away, and all that were not have left: it is time to ask for the others. */
    boolean isReadyToAskAgain() {
        return overflowed && room.availablePermits() == MAX;
    }

    /** A new connection begins, on which everything comes that is not acknowledged. */
    void begin() {
        overflowed = false;
    }
}
