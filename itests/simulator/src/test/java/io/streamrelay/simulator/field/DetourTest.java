// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.NatKind;
import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.TestInfo;

/** Meshes that lose nodes, links that carry one direction, and NATs that cannot be crossed. */
class DetourTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final int NODES = 12;
    private static final int BOOTSTRAPS = 3;

    @SeededTest(fixed = 2)
    void anyOneNodeIsDispensable(long seed, TestInfo test) {
        Score row = Score.row("D2").part("any one").seed(seed).shownBy(test);
        Simulation simulation = mesh(seed, test);
        long slowestMs = 0;
        for (int victim : simulation.all()) {
            simulation.crash(victim);
            slowestMs = Math.max(slowestMs, everySurvivorIsHeard(simulation));
            simulation.start(victim);
            simulation.run(Duration.ofSeconds(30));
        }
        row.measured(String.format(
                        Locale.ROOT, "100 %%, each of %d gone once, the last in %.1f s", NODES, slowestMs / 1_000.0))
                .passed(true);
    }

    /** The others that go are drawn by the seed. */
    @SeededTest(fixed = 4)
    void allBootstrapNodesAndAsManyMoreAreDispensable(long seed, TestInfo test) {
        Score row = Score.row("D2").part("all bootstrap nodes").seed(seed).shownBy(test);
        Simulation simulation = mesh(seed, test);
        simulation.run(Duration.ofSeconds(60));
        IntStream others =
                simulation.chance("victims").ints(BOOTSTRAPS, NODES).distinct().limit(BOOTSTRAPS);
        int[] victims = IntStream.concat(IntStream.range(0, BOOTSTRAPS), others).toArray();
        simulation.crash(victims);
        long slowestMs = everySurvivorIsHeard(simulation);
        row.measured(String.format(
                        Locale.ROOT,
                        "100 %% among the other %d when %d of %d go at once, the last in %.1f s",
                        NODES - victims.length,
                        victims.length,
                        NODES,
                        slowestMs / 1_000.0))
                .passed(true);
    }

    /** All know the first three; nobody is told of anybody else. */
    private static Simulation mesh(long seed, TestInfo test) {
        Simulation simulation = Stages.simulation(Stages.options(test, seed, NODES));
        for (int node = 1; node < NODES; node++) {
            simulation.bootstrap(node, node < BOOTSTRAPS ? new int[] {0} : new int[] {0, 1, 2});
        }
        simulation.subscribe("all", simulation.all());
        simulation.startAll(Duration.ofSeconds(5));
        simulation.run(Duration.ofSeconds(30));
        return simulation;
    }

    /** It fails when anybody who is up has not heard any other within the bound. */
    private static long everySurvivorIsHeard(Simulation simulation) {
        long fromMs = simulation.nowMs();
        Arrays.stream(simulation.all())
                .filter(node -> simulation.node(node).isUp())
                .forEach(node -> simulation.publish(node, "all", 200));
        simulation.awaitDelivery(BOUND);
        return simulation.nowMs() - fromMs;
    }

    /**
     * <pre>
     *   0 ──✕──► 1     0 ──► 2 ──► 1
     * </pre>
     */
    @SeededTest
    void linkThatCarriesNothingOneWayIsGoneAround(long seed, TestInfo test) {
        Score row = Score.row("A16")
                .part("another path")
                .passValue("100 %")
                .seed(seed)
                .shownBy(test);
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 3));
        simulation.run(Duration.ofSeconds(30));
        simulation.reachability().cutOneWay(0, 1);
        for (int count = 0; count < 50; count++) {
            simulation.publish(0, "all", 200);
            simulation.publish(1, "all", 200);
            simulation.run(Duration.ofMillis(500));
        }
        simulation.awaitDelivery(BOUND);
        row.measured("50/50 along the dead way, 50/50 against it").passed(true);
    }

    /**
     * <pre>
     *   0 ─────► 1     1 ──✕──► 0     1 ── carrier 2 ── 0
     * </pre>
     */
    @SeededTest
    void dataGoesOneWayAndACarrierBringsTheReturn(long seed, TestInfo test) {
        Score row = Score.row("A16")
                .part("return by carrier")
                .passValue("100 %")
                .seed(seed)
                .shownBy(test);
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 3));
        simulation.run(Duration.ofSeconds(30));
        simulation.reachability().contact(0, 1);
        simulation.reachability().cutOneWay(1, 0);
        for (int count = 0; count < 20; count++) {
            simulation.publish(0, "all", 200);
            simulation.run(Duration.ofMillis(500));
        }
        long oneWay = reached(simulation, 0, 1);
        for (int count = 0; count < 5; count++) {
            simulation.publish(1, "all", 200);
        }
        long owedBefore = simulation.node(0).engine().orElseThrow().backlogBytes();
        simulation.reachability().contact(1, 2);
        simulation.run(BOUND);
        simulation.reachability().contact(2, 0);
        simulation.run(BOUND);
        long back = reached(simulation, 1, 0);
        long owed = simulation.node(0).engine().orElseThrow().backlogBytes();
        simulation.expect(
                row.measured(oneWay + "/20 one way, " + back + "/5 back by the carrier, backlog of the sender "
                                + owedBefore + " B before it came, " + owed + " B after")
                        .passed(oneWay == 20 && back == 5 && owed == 0),
                oneWay + " of 20 one way, " + back + " of 5 back, " + owed + " B owed");
    }

    private static long reached(Simulation simulation, int from, int to) {
        return simulation.messages().stream()
                .filter(message -> message.from() == from && isAt(simulation, message, to))
                .count();
    }

    private static boolean isAt(Simulation simulation, Message message, int node) {
        return simulation.witnesses().deliveries().reached(message, simulation.node(node));
    }

    /** Neither can be reached from outside; the only node they were told of goes, and another one does as well. */
    @SeededTest
    void twoBehindSymmetricNatsMeetThroughAnyThird(long seed, TestInfo test) {
        Score row =
                Score.row("D15").passValue("100 % by any third peer").seed(seed).shownBy(test);
        Simulation simulation = Stages.simulation(Stages.options(test, seed, 4));
        simulation.nat(NatKind.SYMMETRIC, 1);
        simulation.nat(NatKind.SYMMETRIC, 2);
        for (int node = 1; node < 4; node++) {
            simulation.bootstrap(node, 0);
        }
        simulation.subscribe("members", 1, 2);
        simulation.start(simulation.all());
        simulation.run(BOUND);
        exchange(simulation);
        simulation.crash(0);
        exchange(simulation);
        long count = simulation.witnesses().deliveries().count();
        simulation.expect(
                row.measured(count + "/40, half of them after the only known node has gone")
                        .passed(count == 40),
                count + " of 40");
    }

    private static void exchange(Simulation simulation) {
        for (int count = 0; count < 20; count++) {
            simulation.publish(1 + count % 2, "members", 200);
            simulation.run(Duration.ofMillis(100));
        }
        simulation.awaitDelivery(BOUND);
    }
}
