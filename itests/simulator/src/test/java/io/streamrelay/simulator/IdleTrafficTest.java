// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.TestInfo;

/** What a mesh costs while nobody says anything. */
class IdleTrafficTest {

    private static final int NODES = 10;

    /** Some 95 are measured, most of them joins of the first minutes; the reference: 4 kB/s at 16 peers. */
    private static final double BYTES_PER_NODE_SECOND_MAX = 150;

    @SeededTest(fixed = 3)
    void tenNodesWhisper(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, NODES));
        simulation.publish(0, "all", 200);
        simulation.run(Duration.ofSeconds(120));
        Traffic traffic = simulation.witnesses().traffic();
        long bytesBefore = traffic.bytes();
        long datagramsBefore = traffic.datagrams();
        Duration measured = Duration.ofMinutes(10);
        simulation.run(measured);
        double nodeSeconds = (double) NODES * measured.toSeconds();
        double bytes = (traffic.bytes() - bytesBefore) / nodeSeconds;
        double datagrams = (traffic.datagrams() - datagramsBefore) / nodeSeconds;
        System.out.printf(
                Locale.ROOT,
                "idle: %d nodes, seed %d: %.1f B and %.2f datagrams for each node and second%n",
                NODES,
                seed,
                bytes,
                datagrams);
        simulation.expect(bytes > 0, "idle nodes keep in touch");
        simulation.expect(bytes < BYTES_PER_NODE_SECOND_MAX, "idle traffic of " + bytes + " B/s for each node");
    }
}
