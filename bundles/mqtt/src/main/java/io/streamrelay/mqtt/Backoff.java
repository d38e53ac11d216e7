// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import java.util.function.DoubleSupplier;

/** How long to wait before the next attempt: 1 s, doubled each time up to 60 s, less up to a quarter by chance. */
final class Backoff {

    /** Our own choice: a broker that restarts is back within seconds. */
    static final long FIRST_MS = 1000;

    /** Our own choice: what a field engineer waits who has just repaired the broker. */
    static final long MAX_MS = 60_000;

    private static final double JITTER = 0.25;

    private final DoubleSupplier chance;
    private long nextMs = FIRST_MS;

    /** @param chance numbers from 0 to 1, so that many gateways do not come back at one moment */
    Backoff(DoubleSupplier chance) {
        this.chance = chance;
    }

    long nextMs() {
        long delay = nextMs;
        nextMs = Math.min(MAX_MS, nextMs * 2);
        return delay - (long) (delay * JITTER * chance.getAsDouble());
    }

    void reset() {
        nextMs = FIRST_MS;
    }
}
