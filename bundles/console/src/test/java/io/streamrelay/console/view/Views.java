// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import io.streamrelay.api.BridgeInfo;
import io.streamrelay.api.StreamRelay;
import java.util.List;
import java.util.Optional;

/** Opens the view to tests of other packages. */
public final class Views {

    private Views() {}

    /** A view that looks when it is asked. */
    public static GatewayView of(StreamRelay relay, BridgeInfo... bridges) {
        GatewayView view = new GatewayView("1.2.3");
        if (relay != null) {
            view.setRelay(relay);
        }
        for (BridgeInfo bridge : bridges) {
            view.addBridge(() -> bridge);
        }
        return view;
    }

    /** Looks, as the view does by itself every other second. */
    public static void look(GatewayView view) {
        view.look();
    }

    /** The node has gone. */
    public static void stop(GatewayView view, StreamRelay relay) {
        view.unsetRelay(relay);
    }

    /** A bridge of the subcluster demo. */
    public static BridgeInfo bridge(String name, boolean connected) {
        return new BridgeInfo(
                name,
                "tcp://127.0.0.1:1883",
                "demo",
                List.of("demo/# both 1", "alarm/# in 1"),
                connected,
                connected ? Optional.empty() : Optional.of("connection refused"),
                7,
                9);
    }
}
