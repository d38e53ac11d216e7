// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.time.Duration;
import org.junit.jupiter.api.TestInfo;

/** A node that nobody has heard of, and what there was before it came. */
class NewcomerTest {

    private static final int ROUND_TRIP_MS = 500;
    private static final LinkOptions FAR = new LinkOptions(ROUND_TRIP_MS / 2, ROUND_TRIP_MS / 2, 0, 0, 0);

    /**
     * A ping and its pong, the challenge and its answer, and then what it lacks. Its first summary comes before it is
     * listed and is dropped: without a second one, said when it is challenged, that takes a round trip more.
     */
    @SeededTest
    void hasWhatThereIsAfterThreeRoundTrips(long seed, TestInfo test) {
        Simulation simulation = Stages.simulation(Stages.options(test, seed, 3).withLink(FAR));
        simulation.bootstrap(1, 0);
        simulation.bootstrap(2, 0);
        simulation.subscribe("all", 0, 1, 2);
        simulation.start(0, 1);
        simulation.run(Duration.ofSeconds(15));
        simulation.publish(1, "all", 200);
        simulation.run(Duration.ofSeconds(1));

        simulation.start(2);
        simulation.awaitDelivery(Duration.ofMillis(7 * ROUND_TRIP_MS / 2));
    }
}
