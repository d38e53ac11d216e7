// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.join;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Bridges the subcluster to the gateway's broker, unless somebody has done so in his own way. */
final class BridgeStep {

    private static final String PID = "io.streamrelay.mqtt";
    private static final String SUBCLUSTER = "subcluster";

    private final Configurations configurations;
    private final boolean wanted;

    BridgeStep(Configurations configurations, boolean wanted) {
        this.configurations = configurations;
        this.wanted = wanted;
    }

    /** Says what it has done. */
    String apply(String subcluster) throws IOException {
        if (!wanted) {
            return "route: none was wanted";
        }
        if (configurations.instance(PID, SUBCLUSTER, subcluster).isPresent()) {
            return "route: a bridge has this subcluster already";
        }
        String route = subcluster + "/# both 1";
        configurations.create(PID, subcluster, List.of(Map.entry(SUBCLUSTER, subcluster), Map.entry("routes", route)));
        return "route: made a bridge to this gateway's broker with the route " + route;
    }
}
