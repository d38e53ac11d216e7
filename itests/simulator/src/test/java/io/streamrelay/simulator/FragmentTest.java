// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.time.Duration;
import org.junit.jupiter.api.TestInfo;

/** Messages that do not fit one packet: a head and its fragments, on links that lose and reorder. */
class FragmentTest {

    private static final int NODES = 8;

    @SeededTest(fixed = 10)
    void twentyKilobytesComeTogetherUnderLossAndReordering(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, NODES).withLink(LinkOptions.FAULTY));
        simulation.run(Duration.ofSeconds(15));
        for (int count = 0; count < 10; count++) {
            simulation.publish(count % NODES, "all", 20_000);
            simulation.run(Duration.ofSeconds(1));
        }
        simulation.awaitDelivery(Duration.ofSeconds(120));
        simulation.awaitConvergence(Duration.ofSeconds(60));
    }

    @SeededTest
    void sizesAroundOnePacketComeThrough(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 3));
        simulation.run(Duration.ofSeconds(15));
        for (int bytes : new int[] {4, 863, 864, 865, 1887, 1888, 1889}) {
            simulation.publish(0, "all", bytes);
            simulation.run(Duration.ofMillis(100));
        }
        simulation.awaitDelivery(Duration.ofSeconds(10));
    }

    /** Among kin the fragments that lack are found by comparing summaries, a moment after the last ones came. */
    @SeededTest
    void largeMessagesComeTogetherWithinSecondsWhenThreeInTenAreLost(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, NODES));
        simulation.run(Duration.ofSeconds(15));
        simulation.link(new LinkOptions(10, 100, 40, 0.3, 0.01));
        simulation.publish(0, "all", 20_000);
        simulation.publish(1, "all", 200_000);
        simulation.awaitDelivery(Duration.ofSeconds(20));
    }
}
