// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import io.streamrelay.console.view.BridgeView;
import io.streamrelay.console.view.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * The bridges to brokers and what each carries.
 *
 * @param bridges by name
 */
public record RoutesReport(List<BridgeView> bridges) implements Report {

    /** A gateway's. */
    public static RoutesReport of(Snapshot snapshot) {
        return new RoutesReport(snapshot.bridges());
    }

    @Override
    public List<String> lines() {
        TextTable table = TextTable.of("bridge", "broker", "state", "subcluster", "route", "to mesh", "to broker");
        List<String> problems = new ArrayList<>();
        for (BridgeView bridge : bridges) {
            row(table, bridge);
            if (bridge.problem() != null) {
                problems.add(bridge.name() + ": " + Printable.text(bridge.problem()));
            }
        }
        List<String> lines = new ArrayList<>(table.lines("no broker is bridged"));
        lines.addAll(problems);
        return lines;
    }

    /** What counts for the whole bridge stands in the row of its first route. */
    private static void row(TextTable table, BridgeView bridge) {
        List<String> routes = bridge.routes().isEmpty() ? List.of("none") : bridge.routes();
        table.row(
                bridge.name(),
                bridge.broker(),
                bridge.connected() ? "connected" : "away",
                bridge.subcluster(),
                routes.get(0),
                bridge.toMesh(),
                bridge.toBroker());
        routes.stream().skip(1).forEach(route -> table.row("", "", "", "", route, "", ""));
    }

    @Override
    public Object data() {
        return bridges;
    }
}
