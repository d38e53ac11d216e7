// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Settings;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.Traffic;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.TestInfo;

/** Two gateways that can never hold the same find that out, and then leave each other in peace. */
class DifferentStoresTest {

    private static final int HERE = 0;
    private static final int THERE = 1;
    private static final int STRANGER = 2;
    private static final int OTHER_STRANGER = 3;
    private static final int NODES = 4;
    private static final int BYTES = 600;
    private static final Duration LIFETIME = Duration.ofDays(7);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration SETTLED = Duration.ofHours(1);
    private static final Duration IDLE = Duration.ofHours(1);

    /** Of both, with the headers of IP and UDP. Two that hold the same say some 10. */
    private static final double BYTES_PER_SECOND_MAX = 25;

    private static Simulation stage(long seed, TestInfo test) {
        Simulation simulation = Stages.simulation(Stages.options(test, seed, NODES));
        simulation.bootstrap(THERE, HERE);
        simulation.bootstrap(STRANGER, HERE);
        simulation.bootstrap(OTHER_STRANGER, THERE);
        for (int stranger : new int[] {STRANGER, OTHER_STRANGER}) {
            simulation.configure(stranger, config -> Settings.cluster(config, config.self()));
        }
        simulation.subscribe("all", simulation.all());
        return simulation;
    }

    private static void feed(Simulation simulation, int from, int to, int messages) {
        simulation.reachability().contact(from, to);
        simulation.run(Duration.ofMinutes(2));
        for (int count = 0; count < messages; count++) {
            simulation.publish(from, "all", BYTES, LIFETIME);
            simulation.run(PAUSE);
        }
        simulation.run(Duration.ofMinutes(2));
    }

    /** The two meet, and have had time; what they say to each other then. */
    private static void expectPeace(Simulation simulation) {
        simulation.crash(STRANGER, OTHER_STRANGER);
        simulation.reachability().contact(HERE, THERE);
        simulation.run(SETTLED);
        long before = bytes(simulation);
        simulation.run(IDLE);
        double each = (double) (bytes(simulation) - before) / IDLE.toSeconds();
        simulation.expect(each <= BYTES_PER_SECOND_MAX, each + " bytes a second");
    }

    private static long bytes(Simulation simulation) {
        Traffic traffic = simulation.witnesses().traffic();
        return IntStream.of(HERE, THERE)
                .mapToLong(
                        node -> traffic.toward(simulation.node(node).endpoint()).bytes())
                .sum();
    }

    @SeededTest(fixed = 2)
    void whoCarriesNothingForeignIsNotOfferedItForEver(long seed, TestInfo test) {
        Simulation simulation = stage(seed, test);
        simulation.configure(THERE, Settings::refusingForeign);
        simulation.start(simulation.all());
        feed(simulation, STRANGER, HERE, 500);
        expectPeace(simulation);
    }

    @SeededTest(fixed = 2)
    void twoThatAreFullOfForeignPacketsDoNotExchangeThemForEver(long seed, TestInfo test) {
        Simulation simulation = stage(seed, test);
        for (int node : new int[] {HERE, THERE}) {
            simulation.configure(node, config -> Settings.carrying(config, 300_000));
        }
        simulation.start(simulation.all());
        feed(simulation, STRANGER, HERE, 500);
        feed(simulation, OTHER_STRANGER, THERE, 500);
        expectPeace(simulation);
    }

    @SeededTest(fixed = 1)
    void storesOfThousandsThatDifferAreAtPeace(long seed, TestInfo test) {
        Simulation simulation = stage(seed, test);
        simulation.configure(THERE, config -> Settings.carrying(config, 3_000_000));
        simulation.start(simulation.all());
        feed(simulation, STRANGER, HERE, 7_000);
        expectPeace(simulation);
    }
}
