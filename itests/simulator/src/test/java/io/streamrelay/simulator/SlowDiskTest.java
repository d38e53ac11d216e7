// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.simulator.figures.TwoGateways;
import java.time.Duration;
import org.junit.jupiter.api.TestInfo;

/** A disk that stalls now and then, as flash does, makes packets late at the other node. Late is not lost. */
class SlowDiskTest {

    private static final LinkOptions NEAR = new LinkOptions(1, 2, 0, 0, 0);
    private static final Duration STALL = Duration.ofMillis(500);
    private static final int STALLS = 20;
    private static final int MESSAGES_BETWEEN = 20;
    private static final int BYTES = 10_000;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration BOUND = Duration.ofMinutes(5);

    @SeededTest(fixed = 3)
    void nothingIsSentTwiceBecauseTheDiskIsSlow(long seed, TestInfo test) {
        SimulationOptions options =
                Stages.options(test, seed, TwoGateways.NODES).withLink(NEAR);
        TwoGateways two = TwoGateways.connected(options, Duration.ofMinutes(1), Stages::simulation);
        for (int stall = 0; stall < STALLS; stall++) {
            two.simulation().stallDisk(STALL, 1);
            two.write(MESSAGES_BETWEEN, BYTES, PAUSE);
        }
        two.run(BOUND);
        two.simulation().awaitConvergence(BOUND);
        long sent = two.towardReader().publishDatagrams();
        long needed = STALLS * MESSAGES_BETWEEN * TwoGateways.packets(BYTES);
        two.simulation().expect(two.isComplete(), two.outcome().toString());
        two.simulation().expect(sent == needed, sent + " packets were sent of " + needed);
    }
}
