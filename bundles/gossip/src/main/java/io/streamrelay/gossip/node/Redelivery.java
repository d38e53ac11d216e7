// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

/** How often, and after which pauses, a delivery is handed over again when its handler throws. Not thread-safe. */
final class Redelivery {

    /** So often one delivery is handed over; then it is left until its consumer is opened again. A guess. */
    static final int ATTEMPTS_MAX = 5;

    /** Before the second attempt; each further pause is twice as long. A guess. */
    static final long FIRST_PAUSE_MS = 1_000;

    /** Runs something after a while, on another thread. */
    @FunctionalInterface
    interface Timer {
        void after(long delayMs, Runnable task);
    }

    private long number;
    private int attempts;

    /** Counts a failed attempt; false when there is to be no other. */
    boolean again(long failed) {
        attempts = failed == number ? attempts + 1 : 1;
        number = failed;
        return attempts < ATTEMPTS_MAX;
    }

    long pauseMs() {
        return FIRST_PAUSE_MS << (attempts - 1);
    }

    /** Begins to count anew. */
    void reset() {
        attempts = 0;
    }
}
