// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What happened, in its order, for tests to wait for. Thread-safe. */
public final class Journal<T> {

    private static final int ENTRY_CHARS_SHOWN = 400;

    private final List<T> entries = new ArrayList<>();

    public synchronized void add(T entry) {
        entries.add(entry);
        notifyAll();
    }

    public synchronized List<T> entries() {
        return List.copyOf(entries);
    }

    /**
     * Waits until the entries pass a test.
     *
     * @throws AssertionError with all entries, when they do not in time
     */
    public synchronized List<T> await(Duration limit, Predicate<List<T>> test) {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        while (!test.test(entries())) {
            long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                throw new AssertionError("not within " + limit + " in " + this);
            }
            waitFor(leftMs);
        }
        return entries();
    }

    private void waitFor(long ms) {
        try {
            wait(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted in " + this, e);
        }
    }

    @Override
    public synchronized String toString() {
        return entries.stream()
                .map(String::valueOf)
                .map(text -> "\n  " + text.substring(0, Math.min(text.length(), ENTRY_CHARS_SHOWN)))
                .collect(Collectors.joining("", entries.size() + " entries:", ""));
    }
}
