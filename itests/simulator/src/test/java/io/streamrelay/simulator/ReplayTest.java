// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The same seed gives the same run, down to each byte of each datagram. */
class ReplayTest {

    @Test
    void sameSeedRunsTheSameTwice(TestInfo test) {
        RunSummary first = run(test, 7);
        assertTrue(first.datagrams() > 1_000, first::toString);
        assertEquals(first, run(test, 7));
    }

    @Test
    void anotherSeedRunsOtherwise(TestInfo test) {
        assertNotEquals(run(test, 7).traceHash(), run(test, 8).traceHash());
    }

    private static RunSummary run(TestInfo test, long seed) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 12).withLink(LinkOptions.FAULTY));
        for (int count = 0; count < 30; count++) {
            simulation.publish(count % 12, "all", 100 * count + 4);
            simulation.run(Duration.ofMillis(500));
        }
        simulation.crash(5);
        simulation.run(Duration.ofSeconds(20));
        simulation.start(5);
        simulation.run(Duration.ofSeconds(60));
        return simulation.summary();
    }
}
