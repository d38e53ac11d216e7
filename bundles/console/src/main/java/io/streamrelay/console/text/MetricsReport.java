// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import io.streamrelay.console.view.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts since the start.
 *
 * @param counters by name
 */
public record MetricsReport(Map<String, Long> counters) implements Report {

    /**
     * Those whose names have a text in them.
     *
     * @param part what, or null for all
     */
    public static MetricsReport of(Snapshot snapshot, String part) {
        Map<String, Long> some = new TreeMap<>(snapshot.counters());
        if (part != null) {
            some.keySet().removeIf(name -> !name.contains(part));
        }
        return new MetricsReport(some);
    }

    @Override
    public List<String> lines() {
        TextTable table = TextTable.of("counter", "value");
        counters.forEach(table::row);
        return table.lines("nothing is counted by that name");
    }

    @Override
    public Object data() {
        return counters;
    }
}
