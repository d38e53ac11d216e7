// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.time.Duration;
import org.junit.jupiter.api.TestInfo;

/**
 * Five relays in a line, each in reach of its two neighbours alone; only the ends subscribe.
 *
 * <pre>
 *   node 0 --- 1 --- 2 --- 3 --- 4 --- 5 --- node 6
 *   member     relays without the key        member
 * </pre>
 */
class RelayLineTest {

    private static final int LAST = 6;

    @SeededTest
    void relaysCarryBetweenTheEnds(long seed, TestInfo test) {
        carry(line(Stages.options(test, seed, LAST + 1)), Duration.ofSeconds(10));
    }

    @SeededTest
    void relaysCarryBetweenTheEndsOnFaultyLinks(long seed, TestInfo test) {
        carry(line(Stages.options(test, seed, LAST + 1).withLink(LinkOptions.FAULTY)), Duration.ofSeconds(120));
    }

    private static Simulation line(SimulationOptions options) {
        Simulation simulation = Stages.simulation(options);
        for (int a = 0; a <= LAST; a++) {
            for (int b = a + 2; b <= LAST; b++) {
                simulation.cut(a, b);
            }
            if (a > 0) {
                simulation.bootstrap(a, a - 1);
            }
        }
        simulation.subscribe("ends", 0, LAST);
        simulation.startAll(Duration.ofSeconds(3));
        simulation.run(Duration.ofSeconds(30));
        return simulation;
    }

    private static void carry(Simulation simulation, Duration bound) {
        for (int round = 0; round < 20; round++) {
            simulation.publish(round % 2 == 0 ? 0 : LAST, "ends", 300);
            simulation.run(Duration.ofMillis(200));
        }
        simulation.awaitDelivery(bound);
        simulation.awaitConvergence(bound);
        long count = simulation.witnesses().deliveries().count();
        simulation.expect(count == 20, count + " deliveries");
    }
}
