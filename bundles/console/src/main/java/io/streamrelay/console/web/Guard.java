// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in who knows the login, and remembers it for a short time: the page asks often. Thread-safe. */
final class Guard {

    /** How long a realm is not asked again, in milliseconds; as long is who was shut out let in. Our own choice. */
    static final long ADMITTED_MS = 60_000;

    /** A guess: more people than watch one gateway. */
    static final int ADMITTED_MAX = 32;

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
    private final Attempts attempts;
    private final String salt;

    /** Until when, by digests of headers: nothing here is a password, or leads to one after a restart. */
    private final Map<ByteBuffer, Long> admitted = new LinkedHashMap<>();

    /** @param nowMs a clock that only goes forward, in milliseconds */
    Guard(Login login, LongSupplier nowMs) {
        this.login = login;
        this.nowMs = nowMs;
        attempts = new Attempts(nowMs);
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        salt = HexFormat.of().formatHex(random);
    }

    /**
     * Looks at one request.
     *
     * @param address where it comes from
     * @param authorization its header, or null, which is no attempt
     */
    Verdict look(String address, String authorization) {
        if (closedSeconds(address) > 0) {
            // Also to who knows the login: guesses would go on if a right one were told from a wrong one.
            return Verdict.CLOSED;
        }
        if (authorization == null) {
            return Verdict.UNKNOWN;
        }
        ByteBuffer digest = ByteBuffer.wrap(Digest.of(salt + authorization));
        return isRemembered(digest) ? Verdict.ADMITTED : attempt(address, authorization, digest);
    }

    private Verdict attempt(String address, String authorization, ByteBuffer digest) {
        if (!attempts.begin(address)) {
            return Verdict.CLOSED;
        }
        Optional<Credentials> said = Credentials.of(authorization);
        // Without a lock: a realm may be slow.
        if (said.isPresent() && login.admits(said.get())) {
            attempts.succeeded(address);
            remember(digest);
            return Verdict.ADMITTED;
        }
        if (closedSeconds(address) > 0) {
            LOG.warn("too many failed logins at the web page, the last from {}: they wait", address);
        }
        return Verdict.UNKNOWN;
    }

    private synchronized boolean isRemembered(ByteBuffer digest) {
        Long untilMs = admitted.get(digest);
        return untilMs != null && untilMs - nowMs.getAsLong() > 0;
    }

    private synchronized void remember(ByteBuffer digest) {
        admitted.remove(digest);
        admitted.put(digest, nowMs.getAsLong() + ADMITTED_MS);
        if (admitted.size() > ADMITTED_MAX) {
            admitted.remove(admitted.keySet().iterator().next());
        }
    }

    /** How long this address is not looked at, in seconds; 0 when it is. */
    long closedSeconds(String address) {
        return attempts.closedSeconds(address);
    }
}
