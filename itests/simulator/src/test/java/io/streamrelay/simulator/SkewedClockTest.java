// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.TestInfo;

/** Hosts that believe in other dates: a wrong clock loses nothing. */
class SkewedClockTest {

    private static final long A_DAY_AHEAD_MS =
            HostClock.TRUE_WALL_AT_START_MS + Duration.ofDays(1).toMillis();

    @SeededTest
    void nodesOfThreeDatesExchange(long seed, TestInfo test) {
        Simulation simulation = mesh(seed, test, 6);
        publishFromEach(simulation);
        simulation.awaitDelivery(Duration.ofSeconds(60));
        simulation.awaitConvergence(Duration.ofSeconds(60));
    }

    @SeededTest
    void lateNodeOf1970GetsWhatItMissed(long seed, TestInfo test) {
        Simulation simulation = mesh(seed, test, 6);
        simulation.crash(0);
        simulation.publish(1, "all", 200);
        simulation.publish(2, "all", 20_000);
        simulation.run(Duration.ofMinutes(5));
        simulation.start(0);
        simulation.awaitDelivery(Duration.ofSeconds(60));
    }

    @SeededTest
    void clockThatWasSetRightBetweenTwoBootsForgetsNothing(long seed, TestInfo test) {
        Simulation simulation = mesh(seed, test, 6);
        simulation.partition(0);
        simulation.publish(0, "all", 200);
        simulation.run(Duration.ofSeconds(5));
        simulation.stop(0);
        simulation.wallClock(0, HostClock.TRUE_WALL_AT_START_MS);
        simulation.heal();
        simulation.start(0);
        simulation.awaitDelivery(Duration.ofSeconds(60));
    }

    @SeededTest
    void clockThatJumpsForthAndBackWhileItRunsLosesNothing(long seed, TestInfo test) {
        Simulation simulation = mesh(seed, test, 6);
        for (Duration by : new Duration[] {Duration.ofDays(400), Duration.ofDays(-8000), Duration.ofHours(-1)}) {
            simulation.jumpWallClock(2, by);
            publishFromEach(simulation);
            simulation.run(Duration.ofSeconds(40));
        }
        simulation.awaitDelivery(Duration.ofSeconds(60));
        simulation.awaitConvergence(Duration.ofSeconds(60));
    }

    @SeededTest
    void questionsAndStreamsPassWhateverTheDatesAndWhileTheyJump(long seed, TestInfo test) {
        Simulation simulation = mesh(Stages.options(test, seed, 6));
        simulation.answerQuestions(simulation.all());
        for (Duration by : new Duration[] {Duration.ZERO, Duration.ofDays(400), Duration.ofDays(-8000)}) {
            simulation.jumpWallClock(2, by);
            for (int node : simulation.all()) {
                int answers = simulation.ask(node, Duration.ofSeconds(2));
                simulation.expect(answers == 5, answers + " answers to node " + node + " after a jump of " + by);
                simulation.stream(node, (node + 1) % 6, "all", 3_000);
            }
        }
        simulation.awaitDelivery(Duration.ofSeconds(10));
    }

    @SeededTest(fixed = 2)
    void packetsExpireByTheirAgeWhateverTheDates(long seed, TestInfo test) {
        Simulation simulation = mesh(Stages.options(test, seed, 6));
        publishFromEach(simulation);
        simulation.jumpWallClock(2, Duration.ofDays(1));
        simulation.jumpWallClock(3, Duration.ofDays(-1));
        simulation.run(Duration.ofHours(6).minusMinutes(2));
        simulation.expect(held(simulation) == 36, held(simulation) + " packets are held before their time is over");
        simulation.run(Duration.ofMinutes(5));
        simulation.expect(held(simulation) == 0, held(simulation) + " packets are held after their time is over");
    }

    private static int held(Simulation simulation) {
        return IntStream.of(simulation.all())
                .map(node -> simulation.node(node).engine().orElseThrow().cachedPackets())
                .sum();
    }

    private static Simulation mesh(long seed, TestInfo test, int nodes) {
        return mesh(Stages.options(test, seed, nodes).withLink(LinkOptions.FAULTY));
    }

    private static Simulation mesh(SimulationOptions options) {
        int nodes = options.nodes();
        Simulation simulation = Stages.simulation(options);
        for (int node = 0; node < nodes; node += 3) {
            simulation.wallClock(node, 0);
            simulation.wallClock(node + 1, A_DAY_AHEAD_MS);
        }
        for (int node = 1; node < nodes; node++) {
            simulation.bootstrap(node, node - 1);
        }
        simulation.subscribe("all", simulation.all());
        simulation.startAll(Duration.ofSeconds(2));
        simulation.run(Duration.ofSeconds(20));
        return simulation;
    }

    private static void publishFromEach(Simulation simulation) {
        for (int node : simulation.all()) {
            simulation.publish(node, "all", 200);
            simulation.run(Duration.ofMillis(100));
        }
    }
}
