// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits how many of the broker's messages are inside the bridge, and how many bytes of them. When it stays full the bridge lets the broker's
 * messages lie, without acknowledging them, until it is empty and can ask for them again. Thread-safe.
 */
final class Intake {

    /** Twice of what an MQTT 5 broker may send unacknowledged, for messages of QoS 0 come on top. Our own choice. */
    static final int MAX = 2000;

    /** How much of the heap their payloads may take together: 4 MB of 64. Our own choice. */
    private static final int HEAP_SHARE = 16;

    private final long patienceMs;
    private final int bytesMax;
    private final Semaphore room = new Semaphore(MAX);
    private final Semaphore bytes;
    private volatile boolean overflowed;

    /** @param patienceMs how long a message may wait for room, which holds the broker back */
    Intake(long patienceMs) {
        this(patienceMs, (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
    }

    /** @param bytesMax of all payloads; a single larger one comes in when no other is */
    Intake(long patienceMs, int bytesMax) {
        this.patienceMs = patienceMs;
        this.bytesMax = bytesMax;
        bytes = new Semaphore(bytesMax);
    }

    /** Whether a message with so many bytes of payload may come in; if so it leaves by the {@link #exit} made for it. */
    boolean admits(int payloadBytes) {
        if (overflowed) {
            return false;
        }
        try {
            if (waitFor(room, 1)) {
                if (waitFor(bytes, counted(payloadBytes))) {
                    return true;
                }
                room.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        overflowed = true;
        return false;
    }

    private boolean waitFor(Semaphore what, int permits) throws InterruptedException {
        return what.tryAcquire(permits) || what.tryAcquire(permits, patienceMs, TimeUnit.MILLISECONDS);
    }

    private int counted(int payloadBytes) {
        return Math.min(payloadBytes, bytesMax);
    }

    /** Makes the room again that a message with so many bytes of payload took, when it is run; once. */
    Runnable exit(int payloadBytes) {
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                bytes.release(counted(payloadBytes));
                room.release();
            }
        };
    }

    /** Whether messages were turned away, and all that were not have left: it is time to ask for the others. */
    boolean isReadyToAskAgain() {
        return overflowed && room.availablePermits() == MAX;
    }

    /** Another connection is about to begin, on which everything comes that is not acknowledged. */
    void begin() {
        overflowed = false;
    }
}
