// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.simulator.Delivery;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.Removals;
import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.VirtualNode;
import io.streamrelay.simulator.Watcher;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.TestInfo;

/**
 * A message that is carried from node to node, each of which holds it for a while, ends everywhere at the same time and
 * knows how old it is, whatever the dates that they believe in.
 *
 * <pre>
 *   0 ──► 1   held   1 ──► 2   held   2 ──► 3 …      one contact at a time
 * </pre>
 */
class LifetimeTest {

    private static final Duration CONTACT = Duration.ofSeconds(60);

    /** The links' longest latency, there and back. */
    private static final long ROUND_TRIP_MS = 200;

    /** A day ahead, a day behind, 1970, and 2^31 seconds; as seen from the simulator's date. */
    private static final List<Duration> WRONG_BY = List.of(
            Duration.ofDays(1), Duration.ofDays(-1), Duration.ofMillis(-1_795_305_600_000L), Duration.ofDays(4_077));

    @SeededTest
    void wrongClocksEndNoMessageEarlyOrLate(long seed, TestInfo test) {
        Score row = Score.row("A17").seed(seed).shownBy(test);
        Simulation simulation = line(test, seed, 1 + WRONG_BY.size());
        Removals removals = new Removals(simulation::nowMs);
        simulation.watch(removals);
        for (int node = 0; node < WRONG_BY.size(); node++) {
            simulation.jumpWallClock(node + 1, WRONG_BY.get(node));
        }
        Duration lifetime = Duration.ofMinutes(20);
        Message message = simulation.publish(0, "all", 200, lifetime);
        simulation.run(Duration.ofSeconds(1));
        for (int node = 0; node < WRONG_BY.size(); node++) {
            meet(simulation, node, node + 1);
            simulation.jumpWallClock(node, WRONG_BY.get((node + 1) % WRONG_BY.size()));
            simulation.run(Duration.ofMinutes(2));
        }
        simulation.expect(reached(simulation, message) == WRONG_BY.size(), "it comes out everywhere in time");
        simulation.run(lifetime);
        double worst = error(removals, message, lifetime, simulation.all().length);
        simulation.expect(
                row.measured(seconds(worst) + " over " + WRONG_BY.size()
                                + " hops, dates wrong by 1 d, to 1970 and 2038")
                        .passed(worst <= 1),
                "the worst error is " + worst + " s for each hop");
    }

    @SeededTest
    void fiveHopsThatEachHoldAFifthOfALifeAndALittleMoreLetItEnd(long seed, TestInfo test) {
        Score row = Score.row("B4").seed(seed).shownBy(test);
        Simulation simulation = line(test, seed, 6);
        Removals removals = new Removals(simulation::nowMs);
        simulation.watch(removals);
        Duration lifetime = Duration.ofMinutes(20);
        Duration fifth = lifetime.dividedBy(5).plusSeconds(2);
        Message message = simulation.publish(0, "all", 200, lifetime);
        for (int node = 0; node < 5; node++) {
            simulation.reachability().contact();
            simulation.run(
                    Duration.ofMillis(message.sentMs() - simulation.nowMs()).plus(fifth.multipliedBy(node + 1)));
            meet(simulation, node, node + 1);
        }
        simulation.expect(reached(simulation, message) == 4, "it comes out at four, and not at the fifth");
        double worst = error(removals, message, lifetime, 5);
        long counted = simulation.witnesses().observations().counts().getOrDefault("expired", 0L);
        simulation.expect(
                row.measured("worst error " + seconds(worst) + ", counted as expired by " + counted + " of 5 holders")
                        .passed(worst <= 1 && counted == 5),
                "the worst error is " + worst + " s, counted by " + counted);
    }

    @SeededTest
    void threeThatDwellTenMinutesTellItsAge(long seed, TestInfo test) {
        Score row = Score.row("B5").seed(seed).shownBy(test);
        Simulation simulation = line(test, seed, 4);
        simulation.jumpWallClock(1, Duration.ofDays(-8_000));
        Ages ages = new Ages();
        simulation.watch(ages);
        simulation.publish(0, "all", 200);
        for (int node = 0; node < 3; node++) {
            simulation.reachability().contact();
            simulation.run(Duration.ofMinutes(10));
            meet(simulation, node, node + 1);
        }
        long errorMs = Math.abs(ages.errorsMs.getOrDefault(3, Long.MAX_VALUE));
        simulation.expect(
                row.measured("error " + seconds(errorMs / 1_000.0) + " after 30 min on three hops")
                        .passed(errorMs <= 1_000 + 3 * ROUND_TRIP_MS),
                "the error is " + errorMs + " ms");
    }

    /** That an envelope's stamp is 0 while the clock was never set is shown by the node's own tests. */
    @SeededTest
    void nodesOfNineteenSeventyTakeWhatTheySendEachOther(long seed, TestInfo test) {
        Score row = Score.row("B2")
                .passValue("all accepted with their age, error <= 1 s")
                .seed(seed)
                .shownBy(test);
        Simulation simulation = line(test, seed, 3);
        for (int node : simulation.all()) {
            simulation.jumpWallClock(node, WRONG_BY.get(2));
        }
        Ages ages = new Ages();
        simulation.watch(ages);
        for (int count = 0; count < 20; count++) {
            simulation.publish(0, "all", 200);
        }
        simulation.run(Duration.ofMinutes(10));
        meet(simulation, 0, 1);
        simulation.run(Duration.ofMinutes(10));
        meet(simulation, 1, 2);
        int count = simulation.witnesses().deliveries().count();
        long worstMs =
                ages.errorsMs.values().stream().mapToLong(Math::abs).max().orElse(Long.MAX_VALUE);
        simulation.expect(
                row.measured(count + "/40 accepted, age error at most " + seconds(worstMs / 1_000.0))
                        .passed(count == 40 && worstMs <= 1_000),
                count + " of 40, worst error " + worstMs + " ms");
    }

    /** How wrong the ages are that messages come out with, by node. */
    private static final class Ages implements Watcher {

        private final Map<Integer, Long> errorsMs = new LinkedHashMap<>();

        @Override
        public void delivered(VirtualNode node, Delivery delivery) {
            long trueAgeMs = delivery.atMs() - delivery.message().sentMs();
            errorsMs.put(node.number(), delivery.ageMs() - trueAgeMs);
        }
    }

    private static Simulation line(TestInfo test, long seed, int nodes) {
        Simulation simulation = Stages.simulation(Stages.options(test, seed, nodes));
        for (int node = 1; node < nodes; node++) {
            simulation.bootstrap(node, node - 1);
        }
        simulation.reachability().contact();
        simulation.subscribe("all", simulation.all());
        simulation.start(simulation.all());
        simulation.run(Duration.ofSeconds(30));
        return simulation;
    }

    private static void meet(Simulation simulation, int one, int other) {
        simulation.reachability().contact(one, other);
        simulation.run(CONTACT);
        simulation.reachability().contact();
    }

    private static int reached(Simulation simulation, Message message) {
        return simulation.witnesses().deliveries().timesMs(message).length;
    }

    /** The largest error of those that let go of the message, in seconds; infinite when not all of them have. */
    private static double error(Removals removals, Message message, Duration lifetime, int holders) {
        long endMs = message.sentMs() + lifetime.toMillis();
        return removals.all().size() != holders
                ? Double.POSITIVE_INFINITY
                : removals.all().stream()
                        .mapToDouble(removal -> Math.abs(removal.atMs() - endMs) / 1_000.0)
                        .max()
                        .orElseThrow();
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.2f s", value);
    }
}
