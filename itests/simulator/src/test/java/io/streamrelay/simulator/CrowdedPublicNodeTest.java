// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.PeerInfo;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.TestInfo;

/** More nodes than a peer table holds know one public node and nobody else. */
class CrowdedPublicNodeTest {

    /** A table holds 256 peers. */
    private static final int NODES = 321;

    @SeededTest(fixed = 1)
    void allOfThemMeetOthersThereAndHearOfAMessage(long seed, TestInfo test) {
        Simulation simulation = Stages.simulation(Stages.options(test, seed, NODES));
        simulation.configure(0, Settings::indexed);
        for (int node = 1; node < NODES; node++) {
            simulation.nat(NatKind.ADDRESS_RESTRICTED, node);
            simulation.bootstrap(node, 0);
        }
        int[] members = Arrays.stream(simulation.all()).skip(1).toArray();
        simulation.subscribe("crowd", members);
        simulation.startAll(Duration.ofSeconds(5));
        simulation.run(Duration.ofMinutes(3));
        List<Integer> lonely = Arrays.stream(members)
                .filter(node -> peers(simulation, node).isEmpty())
                .boxed()
                .toList();
        simulation.expect(lonely.isEmpty(), "have no peer: " + lonely);
        simulation.publish(1, "crowd", 200);
        simulation.awaitDelivery(Duration.ofSeconds(20));
    }

    private static List<PeerInfo> peers(Simulation simulation, int node) {
        return simulation.node(node).engine().orElseThrow().peers(simulation.nowMs());
    }
}
