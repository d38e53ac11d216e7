// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.List;
import java.util.Optional;

/**
 * A bridge between a subcluster and a broker.
 *
 * @param name its name
 * @param broker the broker's URI, without secrets
 * @param subcluster the local name of the subcluster
 * @param routes its routes, as they are configured
 * @param connected whether the broker is connected and has confirmed the bridge's subscriptions
 * @param problem why it is not connected, or what is wrong though it is
 * @param toMesh messages that were taken from the broker since the bridge began
 * @param toBroker messages that the broker has acknowledged since then
 */
public record BridgeInfo(
        String name,
        String broker,
        String subcluster,
        List<String> routes,
        boolean connected,
        Optional<String> problem,
        long toMesh,
        long toBroker) {

    public BridgeInfo {
        routes = List.copyOf(routes);
    }
}
