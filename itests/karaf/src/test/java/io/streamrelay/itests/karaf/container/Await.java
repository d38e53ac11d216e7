// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.container;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, and says which one did not come. */
final class Await {

    private static final long LOOK_EVERY_NS = Duration.ofMillis(20).toNanos();
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private Await() {}

    static void until(String condition, Callable<Boolean> holds) throws Exception {
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        while (!holds.call()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + AT_MOST.toSeconds() + " s: " + condition);
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }
}
