// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Logs the first of many alike warnings, and then one a minute with the number of those kept back. One thread. */
final class LogLimiter {

    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Logger log;
    private boolean warned;
    private long lastNanos;
    private long keptBack;

    LogLimiter(Logger log) {
        this.log = log;
    }

    /**
     * @param message what happened, without the cause
     * @param nowNanos the time of a monotonic clock
     */
    void warn(String message, Exception cause, long nowNanos) {
        if (warned && nowNanos - lastNanos < INTERVAL_NANOS) {
            keptBack++;
            return;
        }
        log.warn("{}: {} ({} more since the last such line)", message, cause.toString(), keptBack);
        warned = true;
        lastNanos = nowNanos;
        keptBack = 0;
    }
}
