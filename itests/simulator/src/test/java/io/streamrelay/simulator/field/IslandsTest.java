// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.TestInfo;

/**
 * Fifty nodes fall into islands, each island writes, and they come together again: how much is sent for what was
 * missing. What is asserted is that all come to hold the same; the bytes are reported.
 */
class IslandsTest {

    private static final int NODES = 50;
    private static final int LARGE_BYTES = 20_000;
    private static final Duration BOUND = Duration.ofMinutes(10);

    @SeededTest(fixed = 1)
    void twoIslandsComeTogether(long seed, TestInfo test) {
        heal(seed, test, 2);
    }

    @SeededTest(fixed = 1)
    void threeIslandsComeTogether(long seed, TestInfo test) {
        heal(seed, test, 3);
    }

    @SeededTest(fixed = 1)
    void fiveIslandsComeTogether(long seed, TestInfo test) {
        heal(seed, test, 5);
    }

    private static void heal(long seed, TestInfo test, int islands) {
        Score row = Score.row("D7").part(islands + " islands").seed(seed).shownBy(test);
        Simulation simulation = Stages.mesh(Stages.options(test, seed, NODES));
        simulation.run(Duration.ofSeconds(30));
        List<List<Integer>> groups = groups(islands);
        simulation.reachability().islands(groups);
        for (List<Integer> group : groups) {
            for (int count = 0; count < 2; count++) {
                simulation.publish(group.get(count % group.size()), "all", LARGE_BYTES);
                simulation.run(Duration.ofSeconds(5));
            }
        }
        simulation.run(Duration.ofMinutes(3));
        long missing = missingPayload(simulation);
        long before = simulation.witnesses().traffic().bytes();
        long healedMs = simulation.nowMs();
        simulation.heal();
        simulation.awaitConvergence(BOUND);
        double ratio = (double) (simulation.witnesses().traffic().bytes() - before) / missing;
        String figure = String.format(
                Locale.ROOT,
                "all equal after %.0f s, %.2f x the missing payload (%d packets)",
                (simulation.nowMs() - healedMs) / 1_000.0,
                ratio,
                simulation.node(0).store().packetIds().size());
        row.measured(figure).passed(ratio <= 1.5);
        simulation.awaitDelivery(BOUND);
    }

    private static List<List<Integer>> groups(int islands) {
        List<List<Integer>> groups = new ArrayList<>();
        for (int island = 0; island < islands; island++) {
            List<Integer> group = new ArrayList<>();
            for (int node = island; node < NODES; node += islands) {
                group.add(node);
            }
            groups.add(group);
        }
        return groups;
    }

    /** For each node: the bodies of the packets that others hold and it does not. */
    private static long missingPayload(Simulation simulation) {
        Map<Id, Integer> bodies = new LinkedHashMap<>();
        for (int node : simulation.all()) {
            for (StoredPacket packet : simulation.node(node).store().packets(simulation.nowMs())) {
                bodies.putIfAbsent(packet.id(), ((Packet) Packet.decode(packet.bytes())).length(Field.MESSAGE));
            }
        }
        long missing = 0;
        for (int node : simulation.all()) {
            Set<Id> held = simulation.node(node).store().packetIds();
            missing += bodies.entrySet().stream()
                    .filter(body -> !held.contains(body.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
        return missing;
    }
}
