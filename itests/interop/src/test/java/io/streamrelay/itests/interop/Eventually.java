// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what nobody tells of: it is looked for again and again. */
final class Eventually {

    private static final long LOOK_EVERY_NS = Duration.ofMillis(20).toNanos();

    private Eventually() {}

    static void holds(String what, Duration limit, BooleanSupplier condition) {
        if (!happens(limit, condition)) {
            throw new AssertionError("not within " + limit + ": " + what);
        }
    }

    /** Whether it does within that time. */
    static boolean happens(Duration limit, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
        return true;
    }
}
