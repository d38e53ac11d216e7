// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.Simulation;

/**
 * S5: what a network costs and how far its packets go, by its size.
 *
 * @param spread of one packet
 * @param idle what a node sends when nothing is published
 * @param world the graph of peers
 * @param memory of engines after that
 */
record Scale(int nodes, Spread spread, NatCrowd.Idle idle, SmallWorld world, EngineMemory memory) {

    /** For each public node there are so many others: a public node holds up to 256 peers, and each node has three. */
    private static final int SERVED = 32;

    private static final int PUBLIC_MIN = 3;

    static int publicNodes(int nodes) {
        return Math.max(PUBLIC_MIN, nodes / SERVED);
    }

    static Scale measured(NatCrowd crowd) {
        Simulation simulation = crowd.simulation();
        Spread spread = Spread.measured(crowd);
        return new Scale(
                simulation.options().nodes(), spread, crowd.idle(), SmallWorld.of(simulation), EngineMemory.of(crowd));
    }

    /** In so many rounds random gossip tells everybody (Pittel, 1987). */
    static double roundsExpected(int nodes) {
        return Math.log(nodes) / Math.log(2) + Math.log(nodes);
    }
}
