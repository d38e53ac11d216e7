// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.gossip.engine.Engine;
import io.streamrelay.simulator.Simulation;
import java.util.stream.IntStream;
import org.openjdk.jol.info.GraphLayout;

/**
 * What engines keep in memory, each with everything that it leads to.
 *
 * @param bytes of an engine in the mean
 * @param eachPeerBytes of a public node's engine, which has the most peers, by their number
 */
record EngineMemory(double bytes, double eachPeerBytes) {

    /** Looking into an engine takes some 50 ms. */
    private static final int LOOKED_INTO = 32;

    static EngineMemory of(Simulation simulation) {
        int step = Math.max(1, simulation.options().nodes() / LOOKED_INTO);
        double mean = IntStream.range(0, simulation.options().nodes())
                .filter(node -> node % step == 0)
                .mapToLong(node -> bytes(engine(simulation, node)))
                .average()
                .orElseThrow();
        Engine served = engine(simulation, 0);
        return new EngineMemory(
                mean, (double) bytes(served) / Math.max(1, served.peers(0).size()));
    }

    private static Engine engine(Simulation simulation, int node) {
        return simulation.node(node).engine().orElseThrow();
    }

    private static long bytes(Engine engine) {
        return GraphLayout.parseInstance(engine).totalSize();
    }
}
