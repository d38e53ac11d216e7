// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.metrics;

import io.streamrelay.console.view.BridgeView;
import java.util.List;

/** The bridges to brokers. */
final class BridgeMetrics {

    private static final String BRIDGE = "bridge";

    private BridgeMetrics() {}

    static List<Family> of(List<BridgeView> bridges) {
        Family connected = Family.gauge("srp_bridge_connected", "Whether the bridge's broker is connected");
        Family toMesh = Family.counter("srp_bridge_to_mesh_messages", "Messages that were taken from the broker");
        Family toBroker = Family.counter("srp_bridge_to_broker_messages", "Messages that the broker has acknowledged");
        for (BridgeView bridge : bridges) {
            connected.value(bridge.connected() ? 1 : 0, BRIDGE, bridge.name());
            toMesh.value(bridge.toMesh(), BRIDGE, bridge.name());
            toBroker.value(bridge.toBroker(), BRIDGE, bridge.name());
        }
        return List.of(connected, toMesh, toBroker);
    }
}
