// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.time.Duration;
import org.junit.jupiter.api.TestInfo;

/**
 * Ten nodes fall into two halves, both go on writing, and come together again.
 *
 * <pre>
 *   0 1 2 3 4   |   5 6 7 8 9      60 s, 50 messages on each side
 *   0 1 2 3 4 ----- 5 6 7 8 9      healed: all have all
 * </pre>
 */
class PartitionTest {

    private static final int NODES = 10;

    @SeededTest(fixed = 10)
    void bothSidesHaveAllAfterHealing(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, NODES).withLink(LinkOptions.FAULTY));
        simulation.run(Duration.ofSeconds(15));
        simulation.partition(0, 1, 2, 3, 4);
        for (int count = 0; count < 100; count++) {
            simulation.publish(count % NODES, "all", 200);
            simulation.run(Duration.ofMillis(600));
        }
        simulation.heal();
        simulation.awaitDelivery(Duration.ofSeconds(90));
        simulation.link(LinkOptions.FAULTY.withoutFaults());
        simulation.awaitConvergence(Duration.ofSeconds(30));
    }

    @SeededTest
    void nodesThatLostEveryPeerForHoursFindThemAgain(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, NODES));
        simulation.run(Duration.ofSeconds(15));
        simulation.partition(7);
        simulation.publish(7, "all", 200);
        simulation.publish(0, "all", 200);
        simulation.run(Duration.ofHours(3));
        simulation.heal();
        simulation.awaitDelivery(Duration.ofSeconds(120));
    }

    @SeededTest
    void halvesFindEachOtherThoughTheirBootstrapNodeHasGoneForGood(long seed, TestInfo test) {
        Simulation simulation = Stages.simulation(Stages.options(test, seed, NODES));
        for (int node = 1; node < NODES; node++) {
            simulation.bootstrap(node, 0);
        }
        simulation.subscribe("all", simulation.all());
        simulation.startAll(Duration.ofSeconds(5));
        simulation.run(Duration.ofSeconds(60));
        simulation.stop(0);
        simulation.partition(1, 3, 5, 7, 9);
        simulation.run(Duration.ofMinutes(10));
        simulation.publish(1, "all", 200);
        simulation.publish(2, "all", 200);
        simulation.heal();
        simulation.awaitDelivery(Duration.ofMinutes(5));
    }
}
