// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.Id;
import io.streamrelay.simulator.ChurnOptions.Way;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Nodes come and go, and what was accepted meanwhile reaches those that are there in the end. */
class ChurnTest {

    private static final int NODES = 10;

    @SeededTest
    void restartingNodesLoseNothingAccepted(long seed, TestInfo test) {
        churn(seed, test, Way.RESTART);
    }

    @SeededTest
    void crashingNodesLoseNothingAccepted(long seed, TestInfo test) {
        churn(seed, test, Way.CRASH);
    }

    @SeededTest
    void newcomersGetWhatWasSaidBeforeThem(long seed, TestInfo test) {
        Simulation simulation = churn(seed, test, Way.REPLACE);
        Set<Id> ids = Arrays.stream(simulation.all())
                .mapToObj(node -> simulation.node(node).id())
                .collect(Collectors.toSet());
        simulation.expect(ids.size() == NODES, ids.size() + " ids");
    }

    /** Node 0 stays, so that there is an address to come back to; it publishes. */
    private static Simulation churn(long seed, TestInfo test, Way way) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, NODES).withLink(LinkOptions.FAULTY));
        simulation.run(Duration.ofSeconds(15));
        int[] others = Arrays.stream(simulation.all()).skip(1).toArray();
        Churn churn = simulation.churn(new ChurnOptions(way, 20_000, 5_000), others);
        for (int count = 0; count < 60; count++) {
            simulation.publish(0, "all", 200);
            simulation.run(Duration.ofSeconds(1));
        }
        churn.end();
        simulation.expect(churn.departures() >= NODES, churn.departures() + " departures");
        simulation.await("all are up", Duration.ofMinutes(2), () -> Arrays.stream(simulation.all())
                .allMatch(node -> simulation.node(node).isUp()));
        simulation.awaitDelivery(Duration.ofSeconds(60));
        simulation.link(LinkOptions.FAULTY.withoutFaults());
        simulation.awaitConvergence(Duration.ofSeconds(60));
        return simulation;
    }

    @Test
    void refusesARateWithoutEnd() {
        assertThrows(IllegalArgumentException.class, () -> new ChurnOptions(Way.CRASH, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new ChurnOptions(Way.CRASH, 1, 0));
    }
}
