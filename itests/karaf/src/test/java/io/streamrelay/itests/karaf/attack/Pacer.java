// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.attack;

import java.time.Duration;

/** Keeps a sender to a pace; what it is late with it makes up for. */
final class Pacer {

    private static final long STEP_NS = 10_000_000;

    private final long startNs = System.nanoTime();
    private final long pauseNs;
    private long sent;

    Pacer(int perSecond) {
        pauseNs = 1_000_000_000L / perSecond;
    }

    /** One was sent; waits when that was early by more than a step. */
    void next() throws InterruptedException {
        long earlyNs = startNs + ++sent * pauseNs - System.nanoTime();
        if (earlyNs > STEP_NS) {
            Pause.of(Duration.ofNanos(earlyNs));
        }
    }
}
