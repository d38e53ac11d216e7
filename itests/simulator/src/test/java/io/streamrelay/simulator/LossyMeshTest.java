// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInfo;

/** A mesh of 64 nodes on links that lose a tenth of everything, double a hundredth and reorder the rest. */
class LossyMeshTest {

    private static final int NODES = 64;
    private static final int MESSAGES = 200;
    private static final int SINGLE_PACKET_BYTES = 864;

    private static final List<RunSummary> SUMMARIES = Collections.synchronizedList(new ArrayList<>());

    @AfterAll
    static void printSummaries() {
        List<RunSummary> bySeed = new ArrayList<>(SUMMARIES);
        bySeed.sort(Comparator.comparingLong(RunSummary::seed));
        System.out.println(RunSummary.table(bySeed));
    }

    @SeededTest(fixed = 50, fresh = true)
    void everyMessageReachesEveryMember(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, NODES).withLink(LinkOptions.FAULTY));
        simulation.run(Duration.ofSeconds(10));
        RandomGenerator draws = simulation.chance("schedule");
        for (int count = 0; count < MESSAGES; count++) {
            simulation.publish(draws.nextInt(NODES), "all", draws.nextInt(4, SINGLE_PACKET_BYTES + 1));
            simulation.run(Duration.ofMillis(50));
        }
        simulation.awaitDelivery(Duration.ofSeconds(60));
        SUMMARIES.add(simulation.summary());
        simulation.link(LinkOptions.FAULTY.withoutFaults());
        simulation.awaitConvergence(Duration.ofSeconds(30));
        long deliveries = simulation.summary().deliveries();
        simulation.expect(deliveries == MESSAGES * (NODES - 1), deliveries + " deliveries");
    }
}
