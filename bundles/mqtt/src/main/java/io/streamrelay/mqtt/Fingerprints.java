// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Publications that are expected to be seen, each as often as it was added, for a limited time, and the places that
 * each has passed.
 */
final class Fingerprints {

    /** Equal publications come by few ways; those beyond are taken for ones of the first. Our own choice. */
    private static final int WAYS_MAX = 16;

    private static final class Expected {
        private final Map<List<String>, Integer> ways = new LinkedHashMap<>();
        private long untilMs;

        void add(List<String> places) {
            boolean isNew = !ways.isEmpty() && !ways.containsKey(places);
            List<String> way = isNew && ways.size() == WAYS_MAX ? first() : places;
            ways.merge(way, 1, Integer::sum);
        }

        List<String> take() {
            List<String> way = first();
            ways.computeIfPresent(way, (places, count) -> count == 1 ? null : count - 1);
            return way;
        }

        private List<String> first() {
            return ways.keySet().iterator().next();
        }
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

    void add(Fingerprint fingerprint, List<String> places, long nowMs) {
        // Taken out and put back, so that the map stays in the order of expiry.
        Expected known = expected.remove(fingerprint);
        Expected entry = known == null || known.untilMs < nowMs ? new Expected() : known;
        entry.add(places);
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

    /** If one more of it was expected, the places that it has passed; it is then expected once less. */
    Optional<List<String>> take(Fingerprint fingerprint, long nowMs) {
        Expected entry = expected.get(fingerprint);
        if (entry == null || entry.untilMs < nowMs) {
            return Optional.empty();
        }
        List<String> places = entry.take();
        if (entry.ways.isEmpty()) {
            expected.remove(fingerprint);
        }
        return Optional.of(places);
    }

    int size() {
        return expected.size();
    }
}
