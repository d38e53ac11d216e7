// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.gossip.engine.Engine;
import io.streamrelay.simulator.Settings;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.SimulationOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.openjdk.jol.info.GraphLayout;

/**
 * What engines keep in memory, each with everything that it leads to.
 *
 * @param subscriberBytes of a subscriber's engine in the mean
 * @param otherBytes the same of those that are neither subscribed nor public
 * @param eachPeerBytes what a public node's engine, which has the most peers, keeps more than one that has met nobody in as
 *     long, by the number of peers
 */
record EngineMemory(double subscriberBytes, double otherBytes, double eachPeerBytes) {

    /** Of each kind; looking into an engine takes some 50 ms. */
    static final int LOOKED_INTO = 16;

    static EngineMemory of(NatCrowd crowd) {
        Simulation simulation = crowd.simulation();
        int[] subscribers = crowd.subscribers();
        int[] others = IntStream.range(crowd.publicNodes(), simulation.options().nodes())
                .filter(node -> Arrays.binarySearch(subscribers, node) < 0)
                .toArray();
        Engine served = engine(simulation, 0);
        return new EngineMemory(
                mean(simulation, subscribers),
                mean(simulation, others),
                (double) (bytes(served) - bytesAlone(simulation))
                        / Math.max(1, served.peers(0).size()));
    }

    private static double mean(Simulation simulation, int[] nodes) {
        int step = Math.max(1, nodes.length / LOOKED_INTO);
        return IntStream.iterate(0, at -> at < nodes.length, at -> at + step)
                .mapToLong(at -> bytes(engine(simulation, nodes[at])))
                .average()
                .orElseThrow();
    }

    /** Of a public node that is the only one of its network. */
    private static long bytesAlone(Simulation simulation) {
        SimulationOptions options = simulation.options();
        Simulation alone = Simulation.of(SimulationOptions.of(options.scenario(), options.seed(), 1));
        alone.configure(0, Settings::indexed);
        alone.start(0);
        alone.run(Duration.ofMillis(simulation.nowMs()));
        return bytes(engine(alone, 0));
    }

    private static Engine engine(Simulation simulation, int node) {
        return simulation.node(node).engine().orElseThrow();
    }

    private static long bytes(Engine engine) {
        return GraphLayout.parseInstance(engine).totalSize();
    }
}
