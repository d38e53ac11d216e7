// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which topics say the same again so soon that it could be taken for a copy. */
final class Repetitions {

    /** Two equal messages within so long may be one that came twice. Our own choice. */
    static final long SOON_MS = 250;

    /** What a topic did not do for so long it is not expected to do. Our own choice. */
    private static final long MEMORY_MS = 60_000;

    private static final int MAX = 20_000;

    private final Map<Fingerprint, Long> heard = new LinkedHashMap<>();
    private final Map<String, Long> topics = new LinkedHashMap<>();

    void heard(String topic, Fingerprint fingerprint, long nowMs) {
        forget(heard, nowMs - SOON_MS);
        if (heard.remove(fingerprint) != null) {
            forget(topics, nowMs - MEMORY_MS);
            topics.remove(topic);
            topics.put(topic, nowMs);
        }
        heard.put(fingerprint, nowMs);
    }

    boolean areUsualOf(String topic, long nowMs) {
        return nowMs - topics.getOrDefault(topic, Long.MIN_VALUE / 2) <= MEMORY_MS;
    }

    /** What was put before then, and more when there is too much; the oldest are first. */
    private static void forget(Map<?, Long> times, long beforeMs) {
        var oldestFirst = times.values().iterator();
        while (oldestFirst.hasNext() && (oldestFirst.next() < beforeMs || times.size() >= MAX)) {
            oldestFirst.remove();
        }
    }
}
