// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What has happened since the start, by name; drops since the store was made ({@link KeptDrops}). Thread-safe. Names come from code, so there are few of them. */
final class Counters {

    private final Map<String, LongAdder> adders = new ConcurrentHashMap<>();

    void add(String name, long amount) {
        adders.computeIfAbsent(name, key -> new LongAdder()).add(amount);
    }

    void increment(String name) {
        add(name, 1);
    }

    SortedMap<String, Long> values() {
        SortedMap<String, Long> values = new TreeMap<>();
        adders.forEach((name, adder) -> values.put(name, adder.sum()));
        return values;
    }
}
