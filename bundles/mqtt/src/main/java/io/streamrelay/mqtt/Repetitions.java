// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which topics say the same again so soon that it could be taken for a copy. */
final class Repetitions {

    /** Two equal messages within so long may be one that came twice. Our own choice. */
    static final long SOON_MS = 250;

    /** And within so long when the broker has much to do. Our own choice. */
    static final long SLOWLY_MS = 3_000;

    /** What a topic did not do for so long it is not expected to do. Our own choice. */
    private static final long MEMORY_MS = 60_000;

    private static final int MAX = 20_000;

    /** The shortest time after which a topic has said the same again, and when it last did. */
    private record Habit(long pauseMs, long ms) {}

    private final Map<Fingerprint, Long> heard = new LinkedHashMap<>();
    private final Map<String, Habit> topics = new LinkedHashMap<>();

    void heard(String topic, Fingerprint fingerprint, long nowMs) {
        var oldestFirst = heard.values().iterator();
        while (oldestFirst.hasNext() && (oldestFirst.next() < nowMs - SLOWLY_MS || heard.size() >= MAX)) {
            oldestFirst.remove();
        }
        Long before = heard.remove(fingerprint);
        if (before != null) {
            repeated(topic, nowMs - before, nowMs);
        }
        heard.put(fingerprint, nowMs);
    }

    private void repeated(String topic, long pauseMs, long nowMs) {
        var oldestFirst = topics.values().iterator();
        while (oldestFirst.hasNext() && (oldestFirst.next().ms() < nowMs - MEMORY_MS || topics.size() >= MAX)) {
            oldestFirst.remove();
        }
        Habit habit = topics.remove(topic);
        topics.put(topic, new Habit(habit == null ? pauseMs : Math.min(habit.pauseMs(), pauseMs), nowMs));
    }

    /** Whether a topic has of late said the same again within so long, or {@link #SOON_MS} if that is more. */
    boolean areUsualOf(String topic, long withinMs, long nowMs) {
        Habit habit = topics.get(topic);
        return habit != null && nowMs - habit.ms() <= MEMORY_MS && habit.pauseMs() <= Math.max(SOON_MS, withinMs);
    }
}
