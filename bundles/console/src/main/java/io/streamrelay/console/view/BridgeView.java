// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import java.util.List;

/**
 * A bridge to a broker.
 *
 * @param name its name
 * @param broker the broker's URI, without secrets
 * @param subcluster the local name of the subcluster
 * @param routes its routes
 * @param connected whether the broker is connected
 * @param problem what is wrong, or null
 * @param toMesh messages that were taken from the broker
 * @param toBroker messages that the broker has acknowledged
 */
public record BridgeView(
        String name,
        String broker,
        String subcluster,
        List<String> routes,
        boolean connected,
        String problem,
        long toMesh,
        long toBroker) {}
