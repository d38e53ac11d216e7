// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.metrics;

import io.streamrelay.console.view.NodeView;
import io.streamrelay.console.view.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who the gateway is, and whether it is well. */
final class HealthMetrics {

    private static final double MS = 1000;

    private HealthMetrics() {}

    static List<Family> of(Snapshot snapshot) {
        List<Family> families = new ArrayList<>();
        families.add(Family.gauge("srp_up", "Whether the node runs").value(snapshot.node() == null ? 0 : 1));
        families.add(Family.gauge("srp_verdict_level", "How the gateway is: 0 well, 1 somebody should look, 2 not well")
                .value(snapshot.level().ordinal()));
        Family findings =
                Family.gauge("srp_finding_level", "How each part is: 0 well, 1 somebody should look, 2 not well");
        snapshot.findings()
                .forEach(finding -> findings.value(
                        finding.level().ordinal(),
                        "check",
                        finding.check().name().toLowerCase(Locale.ROOT)));
        families.add(findings);
        if (snapshot.node() != null) {
            families.addAll(node(snapshot.node()));
        }
        return families;
    }

    private static List<Family> node(NodeView node) {
        return List.of(
                Family.gauge("srp_node_description", "Always 1; its labels say who the gateway is")
                        .value(1, "peer", node.peerId(), "version", node.version(), "nat", node.natType()),
                Family.gauge("srp_uptime_seconds", "How long the node has been open")
                        .value(node.uptimeMs() / MS),
                Family.gauge("srp_clock_set", "Whether the host's clock shows a time that can be")
                        .value(node.clockIsSet() ? 1 : 0));
    }
}
