// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** The counts of one node's sockets. Thread-safe. */
final class Counters {

    private final Map<Counter, LongAdder> counts = new EnumMap<>(Counter.class);

    Counters() {
        for (Counter counter : Counter.values()) {
            counts.put(counter, new LongAdder());
        }
    }

    void increment(Counter counter) {
        counts.get(counter).increment();
    }

    void add(Counter counter, long amount) {
        counts.get(counter).add(amount);
    }

    /** All counts by label, sorted; the caller's own copy. */
    Map<String, Long> values() {
        Map<String, Long> values = new TreeMap<>();
        counts.forEach((counter, count) -> values.put(counter.label(), count.sum()));
        return values;
    }
}
