// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Publications that a broker will send back to who published them, and what is to be done once they are back. A broker
 * is given some time; one that is behind, and sends back what is older, as much more as it is behind.
 */
final class AwaitedEchoes {

    /** How long a broker may take to deliver. Our own choice. */
    static final long KEEP_MS = 60_000;

    /** So many may wait with something to be done; of more the oldest is done at once. Half of what a consumer is handed. */
    static final int HELD_MAX = 128;

    private static final int MAX = 20_000;

    private static final Runnable NOTHING = () -> {};

    private static final class Echo {
        private final Fingerprint fingerprint;
        private final long sinceMs;
        private Runnable whenBack;

        Echo(Fingerprint fingerprint, long sinceMs, Runnable whenBack) {
            this.fingerprint = fingerprint;
            this.sinceMs = sinceMs;
            this.whenBack = whenBack;
        }

        private Runnable taken() {
            Runnable task = whenBack;
            whenBack = NOTHING;
            return task;
        }
    }

    private final Map<Fingerprint, Deque<Echo>> byFingerprint = new HashMap<>();
    private final Set<Echo> oldestFirst = new LinkedHashSet<>();
    private final Set<Echo> held = new LinkedHashSet<>();
    private long lastBackMs = Long.MIN_VALUE / 2;
    private long lastSinceMs;

    /** One of which nothing depends on its being back. */
    void add(Fingerprint fingerprint, long nowMs) {
        add(new Echo(fingerprint, nowMs, NOTHING), nowMs);
    }

    /** @param whenBack done once: when it is back and dealt with, or is not expected any more */
    void add(Fingerprint fingerprint, long nowMs, Runnable whenBack) {
        Echo echo = new Echo(fingerprint, nowMs, whenBack);
        held.add(echo);
        add(echo, nowMs);
        if (held.size() > HELD_MAX) {
            release(held.iterator().next());
        }
    }

    private void add(Echo echo, long nowMs) {
        byFingerprint
                .computeIfAbsent(echo.fingerprint, fingerprint -> new ArrayDeque<>(1))
                .addLast(echo);
        oldestFirst.add(echo);
        expire(nowMs);
    }

    /** If one of these was expected: it is now expected once less, and this is to be done when it is dealt with. */
    Optional<Runnable> take(Fingerprint fingerprint, long nowMs) {
        expire(nowMs);
        Deque<Echo> equal = byFingerprint.get(fingerprint);
        if (equal == null) {
            return Optional.empty();
        }
        Echo echo = equal.peekFirst();
        lastBackMs = nowMs;
        lastSinceMs = echo.sinceMs;
        forget(echo);
        held.remove(echo);
        return Optional.of(echo.taken());
    }

    /** Does not wait any more for what should have been back. */
    void expire(long nowMs) {
        long reachedMs = nowMs - lastBackMs < KEEP_MS ? lastSinceMs : nowMs;
        while (!oldestFirst.isEmpty()) {
            Echo oldest = oldestFirst.iterator().next();
            if (oldestFirst.size() <= MAX && oldest.sinceMs + KEEP_MS >= reachedMs) {
                return;
            }
            forget(oldest);
            release(oldest);
        }
    }

    /** Does now what was to be done when they are back. */
    void releaseAll() {
        Set.copyOf(held).forEach(this::release);
    }

    private void forget(Echo echo) {
        oldestFirst.remove(echo);
        byFingerprint.computeIfPresent(echo.fingerprint, (fingerprint, equal) -> {
            equal.remove(echo);
            return equal.isEmpty() ? null : equal;
        });
    }

    private void release(Echo echo) {
        held.remove(echo);
        echo.taken().run();
    }
}
