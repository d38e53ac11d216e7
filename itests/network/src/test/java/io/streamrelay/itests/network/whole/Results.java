// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was measured, in all rounds. */
final class Results {

    private final Map<Party, Map<Figure, List<Double>>> values = new EnumMap<>(Party.class);

    void add(Party party, Map<Figure, Double> measured) {
        for (Figure figure : Figure.values()) {
            Double value = measured.get(figure);
            if (value == null || value.isNaN()) {
                throw new IllegalStateException(party.label() + ": " + figure + " was not measured");
            }
            values.computeIfAbsent(party, any -> new EnumMap<>(Figure.class))
                    .computeIfAbsent(figure, any -> new ArrayList<>())
                    .add(value);
        }
    }

    double median(Party party, Figure figure) {
        List<Double> sorted = all(party, figure);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    double worst(Party party, Figure figure) {
        List<Double> sorted = all(party, figure);
        return sorted.get(sorted.size() - 1);
    }

    double least(Party party, Figure figure) {
        return all(party, figure).get(0);
    }

    private List<Double> all(Party party, Figure figure) {
        return values.get(party).get(figure).stream().sorted().toList();
    }

    Map<Party, Map<Figure, List<Double>>> values() {
        return values;
    }
}
