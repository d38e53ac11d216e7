// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was measured, in all rounds. */
final class Samples {

    private final Map<Party, Map<String, List<Double>>> values = new EnumMap<>(Party.class);

    void add(Party party, String key, double value) {
        values.computeIfAbsent(party, any -> new TreeMap<>())
                .computeIfAbsent(key, any -> new ArrayList<>())
                .add(value);
    }

    void addAll(Samples others) {
        others.values.forEach(
                (party, measured) -> measured.forEach((key, all) -> all.forEach(value -> add(party, key, value))));
    }

    /** @throws IllegalStateException when nothing was measured */
    double median(Party party, String key) {
        List<Double> sorted = all(party, key).stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** How far the rounds lie apart: the slowest over the fastest. */
    double spread(Party party, String key) {
        List<Double> sorted = all(party, key).stream().sorted().toList();
        return sorted.get(sorted.size() - 1) / sorted.get(0);
    }

    Map<Party, Map<String, List<Double>>> values() {
        return values;
    }

    private List<Double> all(Party party, String key) {
        List<Double> all = values.getOrDefault(party, Map.of()).get(key);
        if (all == null) {
            throw new IllegalStateException(key + " was not measured for " + party);
        }
        return all;
    }
}
