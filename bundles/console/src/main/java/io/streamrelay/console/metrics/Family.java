// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/** A metric with its values by label. */
final class Family {

    private final boolean counts;
    private final String name;
    private final String help;
    private final Map<Labels, Double> values = new LinkedHashMap<>();

    private Family(boolean counts, String name, String help) {
        this.counts = counts;
        this.name = name;
        this.help = help;
    }

    /** What goes up and down. */
    static Family gauge(String name, String help) {
        return new Family(false, name, help);
    }

    /**
     * What only grows while the gateway runs.
     *
     * @param name without {@code _total}, which the format adds
     */
    static Family counter(String name, String help) {
        return new Family(true, name, help);
    }

    /** Adds a value; the same labels again add up, as with two peers whose short ids are the same. */
    Family value(double value, String... namesAndValues) {
        values.merge(Labels.of(namesAndValues), value, counts ? Double::sum : (before, after) -> after);
        return this;
    }

    MetricSnapshot snapshot() {
        return counts ? counter() : gauge();
    }

    private MetricSnapshot gauge() {
        GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(name).help(help);
        values.forEach((labels, value) -> builder.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        return builder.build();
    }

    private MetricSnapshot counter() {
        CounterSnapshot.Builder builder = CounterSnapshot.builder().name(name).help(help);
        // The library takes no count below 0, as one that has overflowed would be.
        values.forEach((labels, value) -> builder.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels)
                .value(Math.max(0, value))
                .build()));
        return builder.build();
    }
}
