// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.simulator.figures.NatCrowd;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.TestInfo;

/** 128 nodes, of which nobody is publicly reachable but three. */
class NatCrowdTest {

    private static final int NODES = 128;
    private static final int OTHER_SUBSCRIBERS = 62;

    /** A hundredth of what the reference sends in this network, 146 kB. */
    private static final double IDLE_BYTES_MAX = 1_460;

    @SeededTest(fixed = 2)
    void onePacketReachesEverySubscriberAndThenThereIsQuiet(long seed, TestInfo test) {
        NatCrowd crowd = NatCrowd.formed(Stages.options(test, seed, NODES), Stages::simulation);
        long[] timesMs = crowd.spread(Duration.ofSeconds(20));
        crowd.simulation().expect(timesMs.length == OTHER_SUBSCRIBERS, timesMs.length + " subscribers reached");
        NatCrowd.Idle idle = crowd.idle();
        System.out.printf(
                Locale.ROOT,
                "crowd: seed %d: half reached after %d ms, all after %d ms; idle: %.1f datagrams, %.0f B/s a node%n",
                seed,
                timesMs[timesMs.length / 2],
                timesMs[timesMs.length - 1],
                idle.datagrams(),
                idle.bytes());
        crowd.simulation().expect(idle.bytes() < IDLE_BYTES_MAX, "idle traffic of " + idle);
    }
}
