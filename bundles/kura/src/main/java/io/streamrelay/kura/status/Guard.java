// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in who knows the login, and bounds how often it can be guessed. The bound is one for all clients: their addresses
 * prove nothing, for Kura's web server believes what a header says of them. Thread-safe.
 */
final class Guard {

    /** Failed attempts within the window after which it closes. Our own choice. */
    static final int ATTEMPTS_MAX = 10;

    /** In milliseconds, from the first failed attempt. */
    static final long WINDOW_MS = 60_000;

    enum Verdict {
        ADMITTED,
        /** Said nothing, or the wrong thing. */
        UNKNOWN,
        /** Was not looked at. */
        CLOSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final Login login;
    private final LongSupplier nowMs;
    private int failed;
    private long sinceMs;

    /** @param nowMs a clock that only goes forward, in milliseconds */
    Guard(Login login, LongSupplier nowMs) {
        this.login = login;
        this.nowMs = nowMs;
    }

    /** @param authorization the header of a request, or null, which is no attempt */
    synchronized Verdict look(String authorization) {
        if (isClosed()) {
            // Also to who knows the login: guesses would go on if a right one were told from a wrong one.
            return Verdict.CLOSED;
        }
        if (authorization == null) {
            return Verdict.UNKNOWN;
        }
        if (login.admits(authorization)) {
            return Verdict.ADMITTED;
        }
        failed();
        return Verdict.UNKNOWN;
    }

    private boolean isClosed() {
        if (leftMs() <= 0) {
            failed = 0;
        }
        return failed >= ATTEMPTS_MAX;
    }

    private void failed() {
        if (failed == 0) {
            sinceMs = nowMs.getAsLong();
        }
        failed++;
        if (failed == ATTEMPTS_MAX) {
            LOG.warn("{} failed logins at the status page: nobody is let in for {} s", failed, secondsLeft());
        }
    }

    private long leftMs() {
        return sinceMs + WINDOW_MS - nowMs.getAsLong();
    }

    /** How long it stays closed, in seconds, at least 1. */
    synchronized long secondsLeft() {
        return Math.max(1, TimeUnit.MILLISECONDS.toSeconds(leftMs() + 999));
    }
}
