// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.NatKind;
import io.streamrelay.simulator.Observations;
import io.streamrelay.simulator.Settings;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.SimulationOptions;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Two members behind NATs of two kinds, and two public nodes that are no members: with one alone nobody could tell a
 * symmetric NAT from a port-restricted one.
 */
public final class Pair {

    public static final int NODES = 4;

    /** How long they may take to connect. */
    public static final Duration BOUND = Duration.ofMinutes(5);

    private static final Duration STARTED_WITHIN = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(50);

    private Pair() {}

    /** When both list each other, in ms since their start; empty when they do not within {@link #BOUND}. */
    public static OptionalLong connectedMs(
            SimulationOptions options, NatKind one, NatKind other, Function<SimulationOptions, Simulation> stage) {
        Simulation simulation = stage.apply(options);
        simulation.configure(0, Settings::indexed);
        simulation.configure(3, Settings::indexed);
        simulation.nat(one, 1);
        simulation.nat(other, 2);
        simulation.bootstrap(1, 0, 3);
        simulation.bootstrap(2, 0, 3);
        simulation.subscribe("pair", 1, 2);
        simulation.startAll(STARTED_WITHIN);
        while (simulation.nowMs() < BOUND.toMillis()) {
            if (areConnected(simulation)) {
                return OptionalLong.of(simulation.nowMs());
            }
            simulation.run(LOOK);
        }
        return OptionalLong.empty();
    }

    private static boolean areConnected(Simulation simulation) {
        Observations seen = simulation.witnesses().observations();
        return seen.connected(simulation.node(1), simulation.node(2))
                && seen.connected(simulation.node(2), simulation.node(1));
    }
}
