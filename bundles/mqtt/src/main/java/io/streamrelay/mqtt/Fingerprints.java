// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Publications that are expected to be seen, each as often as it was added, for a limited time. */
final class Fingerprints {

    private static final class Expected {
        private int count;
        private long untilMs;
    }

    private final Map<Fingerprint, Expected> expected = new LinkedHashMap<>();
    private final long keepMs;
    private final int max;

    /**
     * @param keepMs how long one is remembered after it was last added
     * @param max how many different ones are remembered; the oldest goes first
     */
    Fingerprints(long keepMs, int max) {
        this.keepMs = keepMs;
        this.max = max;
    }

    void add(Fingerprint fingerprint, long nowMs) {
        // Taken out and put back, so that the map stays in the order of expiry.
        Expected known = expected.remove(fingerprint);
        Expected entry = known == null || known.untilMs < nowMs ? new Expected() : known;
        entry.count++;
        entry.untilMs = nowMs + keepMs;
        expected.put(fingerprint, entry);
        forgetOldest(nowMs);
    }

    private void forgetOldest(long nowMs) {
        Iterator<Expected> oldestFirst = expected.values().iterator();
        while (oldestFirst.hasNext()) {
            Expected oldest = oldestFirst.next();
            if (expected.size() <= max && oldest.untilMs >= nowMs) {
                return;
            }
            oldestFirst.remove();
        }
    }

    /** Whether one more of it was expected; it is then expected once less. */
    boolean take(Fingerprint fingerprint, long nowMs) {
        Expected entry = expected.get(fingerprint);
        if (entry == null || entry.untilMs < nowMs) {
            return false;
        }
        if (--entry.count == 0) {
            expected.remove(fingerprint);
        }
        return true;
    }

    int size() {
        return expected.size();
    }
}
