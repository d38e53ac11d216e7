// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Bounds how often the login can be guessed: from one address, so that a guesser shuts out nobody else, and in all, for
 * some web servers believe what a header says of an address. In the second case those go on that were let in before from
 * where they are. Thread-safe.
 */
final class Attempts {

    /** Failures within the window after which an address is not looked at. Our own choice. */
    static final int FAILURES_MAX = 10;

    /** The same for all addresses together. A guess: more than people mistype. */
    static final int ALL_FAILURES_MAX = 100;

    /** In milliseconds, from the first failure. */
    static final long WINDOW_MS = 60_000;

    /** Addresses that are remembered. More than can fail within a window. */
    static final int ADDRESSES_MAX = 1_024;

    private static final String ALL = "";

    private record Failures(int count, long sinceMs) {}

    private final LongSupplier nowMs;
    private final Map<String, Failures> failures = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    /** @param nowMs a clock that only goes forward, in milliseconds */
    Attempts(LongSupplier nowMs) {
        this.nowMs = nowMs;
    }

    /** How long this address is not looked at, in seconds; 0 when it is. */
    synchronized long closedSeconds(String address) {
        long own = closedMs(address, FAILURES_MAX);
        long all = known.contains(address) ? 0 : closedMs(ALL, ALL_FAILURES_MAX);
        return TimeUnit.MILLISECONDS.toSeconds(Math.max(own, all) + 999);
    }

    private long closedMs(String key, int max) {
        return failures(key).count() < max ? 0 : leftMs(failures(key));
    }

    private Failures failures(String key) {
        Failures some = failures.get(key);
        return some == null || leftMs(some) <= 0 ? new Failures(0, nowMs.getAsLong()) : some;
    }

    private long leftMs(Failures some) {
        return some.sinceMs() + WINDOW_MS - nowMs.getAsLong();
    }

    /**
     * Begins an attempt, which counts as failed until {@link #succeeded}: many at once are no way around the bound.
     *
     * @return false when it must not be made
     */
    synchronized boolean begin(String address) {
        if (closedSeconds(address) > 0) {
            return false;
        }
        count(address, 1);
        count(ALL, 1);
        return true;
    }

    /** The attempt was none. What failed before stays: a guesser may have a login of his own. */
    synchronized void succeeded(String address) {
        count(address, -1);
        count(ALL, -1);
        known.remove(address);
        known.add(address);
        shrink(known, ADDRESSES_MAX);
    }

    private void count(String key, int difference) {
        Failures before = failures(key);
        failures.remove(key);
        failures.put(key, new Failures(Math.max(0, before.count() + difference), before.sinceMs()));
        shrink(failures.keySet(), ADDRESSES_MAX);
    }

    /** What was touched last is at the end. */
    private static void shrink(Set<String> some, int max) {
        if (some.size() > max) {
            some.remove(some.iterator().next());
        }
    }
}
