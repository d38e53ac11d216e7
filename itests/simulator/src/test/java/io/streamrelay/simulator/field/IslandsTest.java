// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.figures.Missing;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.TestInfo;

/**
 * Fifty nodes fall into islands, each island writes, and they come together again: how much is sent for what was
 * missing, until all hold the same.
 */
class IslandsTest {

    private static final int NODES = 50;
    private static final int LARGE_BYTES = 20_000;
    private static final int A_LITTLE = 2;
    private static final Duration BOUND = Duration.ofMinutes(10);

    /** Bytes sent for each of the missing payload; the criterion's. */
    private static final double SENT_MAX = 1.5;

    @SeededTest(fixed = 3)
    void twoIslandsComeTogether(long seed, TestInfo test) {
        heal(seed, test, 2, A_LITTLE);
    }

    @SeededTest(fixed = 3)
    void twoIslandsOnWhichEverybodyHasWrittenComeTogether(long seed, TestInfo test) {
        heal(seed, test, 2, NODES / 2);
    }

    @SeededTest(fixed = 3)
    void threeIslandsComeTogether(long seed, TestInfo test) {
        heal(seed, test, 3, A_LITTLE);
    }

    @SeededTest(fixed = 3)
    void fiveIslandsComeTogether(long seed, TestInfo test) {
        heal(seed, test, 5, A_LITTLE);
    }

    /** @param messages how many each island writes */
    private static void heal(long seed, TestInfo test, int islands, int messages) {
        String much = messages == A_LITTLE ? "" : ", " + messages + " messages each";
        Score row = Score.row("D7").part(islands + " islands" + much).seed(seed).shownBy(test);
        Simulation simulation = Stages.mesh(Stages.options(test, seed, NODES));
        simulation.run(Duration.ofSeconds(30));
        List<List<Integer>> groups = groups(islands);
        simulation.reachability().islands(groups);
        for (List<Integer> group : groups) {
            for (int count = 0; count < messages; count++) {
                simulation.publish(group.get(count % group.size()), "all", LARGE_BYTES);
                simulation.run(Duration.ofSeconds(5));
            }
        }
        simulation.run(Duration.ofMinutes(3));
        Missing missing = Missing.in(simulation);
        long before = simulation.witnesses().traffic().bytes();
        long healedMs = simulation.nowMs();
        simulation.heal();
        simulation.awaitConvergence(BOUND);
        double sent = simulation.witnesses().traffic().bytes() - before;
        double ratio = sent / missing.payloadBytes();
        String figure = String.format(
                Locale.ROOT,
                "all equal after %.0f s, %.2f x the missing payload, %.2f x the packets around it (%d packets; messages of %d kB)",
                (simulation.nowMs() - healedMs) / 1_000.0,
                ratio,
                sent / missing.packetBytes(),
                simulation.node(0).store().packetIds().size(),
                LARGE_BYTES / 1_000);
        row.measured(figure).passed(ratio <= SENT_MAX);
        simulation.expect(ratio <= SENT_MAX, figure);
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
}
