// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.TestInfo;

/** Sets up simulations for tests. */
public final class Stages {

    private Stages() {}

    /** The options of a test's run on a faultless network. */
    public static SimulationOptions options(TestInfo test, long seed, int nodes) {
        String scenario = test.getTestClass().orElseThrow().getSimpleName() + "#"
                + test.getTestMethod().orElseThrow().getName();
        return SimulationOptions.of(scenario, seed, nodes);
    }

    /** A simulation; with {@code -Dsim.trace=true} it writes a line for everything that happens. */
    public static Simulation simulation(SimulationOptions options) {
        return Boolean.getBoolean("sim.trace") ? Simulation.logged(options, System.out) : Simulation.of(options);
    }

    /** A mesh in which each node knows node 0 and one more that came before it; all up, all subscribed to "all". */
    public static Simulation mesh(SimulationOptions options) {
        Simulation simulation = simulation(options);
        RandomGenerator draws = simulation.chance("mesh");
        for (int node = 1; node < options.nodes(); node++) {
            simulation.bootstrap(node, 0, draws.nextInt(node));
        }
        simulation.subscribe("all", simulation.all());
        simulation.startAll(Duration.ofSeconds(5));
        return simulation;
    }
}
