// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.time.Duration;
import org.junit.jupiter.api.TestInfo;

/** A relay with little room among others with enough: the check beside the nodes sees that the limit holds. */
class StoreLimitTest {

    private static final int SMALL = 1;
    private static final long CARRIED_BYTES_MAX = 64 << 10;

    @SeededTest(fixed = 20)
    void smallRelayKeepsItsLimitAndNobodyElseMissesAnything(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 6).withLink(LinkOptions.FAULTY));
        simulation.configure(SMALL, config -> Settings.carrying(config, CARRIED_BYTES_MAX));
        simulation.run(Duration.ofSeconds(15));
        for (int count = 0; count < 200; count++) {
            simulation.publish(count % 6, "all", 800);
            simulation.run(Duration.ofMillis(100));
        }
        simulation.awaitDelivery(Duration.ofSeconds(60));
        long bytes = simulation.node(SMALL).store().bytes();
        simulation.expect(bytes > CARRIED_BYTES_MAX / 2, "the small relay uses its room, not only " + bytes + " bytes");
    }
}
