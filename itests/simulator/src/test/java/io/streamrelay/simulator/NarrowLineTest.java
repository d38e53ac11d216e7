// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.time.Duration;
import org.junit.jupiter.api.TestInfo;

/** A node whose line is slower than what the others say: it gets all, later. */
class NarrowLineTest {

    @SeededTest
    void nodeWithSixtyFourKilobitsGetsABurstOfTwiceItsQueue(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 6));
        simulation.bandwidth(Bandwidth.ofBits(64_000), 5);
        simulation.run(Duration.ofSeconds(15));
        for (int count = 0; count < 20; count++) {
            simulation.publish(count % 5, "all", 400);
        }
        simulation.awaitDelivery(Duration.ofSeconds(60));
    }
}
