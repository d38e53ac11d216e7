// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;

/**
 * Two gateways alone in the world; node 1 knows node 0's address.
 *
 * <pre>
 *   node 0            node 1
 *     |&lt;--- ping -------|   bootstrap, until answered
 *     |---- pong ------&gt;|
 *     |&lt;== publish ====&gt;|   both ways
 * </pre>
 */
class TwoNodesTest {

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(20);
    private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(20);

    @SeededTest
    void exchangeWhenTheKnownOneStartsFirst(long seed, TestInfo test) {
        Simulation simulation = two(seed, test);
        simulation.start(0);
        simulation.run(Duration.ofSeconds(3));
        simulation.start(1);
        exchange(simulation);
    }

    @SeededTest
    void exchangeWhenTheKnownOneStartsLast(long seed, TestInfo test) {
        Simulation simulation = two(seed, test);
        simulation.start(1);
        simulation.run(Duration.ofSeconds(95));
        simulation.start(0);
        exchange(simulation);
    }

    @SeededTest
    @Tag("case-48")
    void exchangeWhenBothKnowEachOtherAndStartAtOnce(long seed, TestInfo test) {
        Simulation simulation = two(seed, test);
        simulation.bootstrap(0, 1);
        simulation.start(0, 1);
        exchange(simulation);
    }

    @SeededTest
    void exchangeThoughTheFirstPacketsGetLost(long seed, TestInfo test) {
        Simulation simulation = two(seed, test);
        simulation.dropNext(4);
        simulation.start(0, 1);
        exchange(simulation);
    }

    @SeededTest(fixed = 10)
    void exchangeThoughAThirdOfAllGetsLost(long seed, TestInfo test) {
        Simulation simulation =
                Stages.simulation(Stages.options(test, seed, 2).withLink(LinkOptions.FAULTY.withLoss(0.33)));
        prepare(simulation);
        simulation.start(0, 1);
        for (int round = 0; round < 20; round++) {
            simulation.publish(round % 2, "greetings", 200);
            simulation.run(Duration.ofMillis(300));
        }
        simulation.awaitDelivery(Duration.ofSeconds(120));
    }

    @SeededTest
    void exchangeThoughNamesCannotBeLookedUpAtFirst(long seed, TestInfo test) {
        Simulation simulation = two(seed, test);
        simulation.bootstrapByName(1, 0);
        simulation.nameServer(false);
        simulation.start(0, 1);
        simulation.run(Duration.ofMinutes(2));
        simulation.nameServer(true);
        simulation.await("both are connected", Duration.ofMinutes(1), () -> connected(simulation));
        exchange(simulation);
    }

    @SeededTest
    void whatWasPublishedAloneArrivesOnceTheyMeet(long seed, TestInfo test) {
        Simulation simulation = two(seed, test);
        simulation.start(1);
        simulation.publish(1, "greetings", 100);
        simulation.run(Duration.ofSeconds(60));
        simulation.start(0);
        simulation.publish(0, "greetings", 100);
        simulation.awaitDelivery(CONNECTED_WITHIN.plus(DELIVERED_WITHIN));
    }

    @SeededTest
    void streamReachesThePeerAlone(long seed, TestInfo test) {
        Simulation simulation = two(seed, test);
        simulation.start(0, 1);
        awaitConnection(simulation);
        Message small = simulation.stream(0, 1, "greetings", 100);
        Message large = simulation.stream(1, 0, "greetings", 3000);
        Deliveries deliveries = simulation.witnesses().deliveries();
        simulation.await(
                "both streams come out",
                DELIVERED_WITHIN,
                () -> deliveries.reached(small, simulation.node(1)) && deliveries.reached(large, simulation.node(0)));
    }

    private static Simulation two(long seed, TestInfo test) {
        Simulation simulation = Stages.simulation(Stages.options(test, seed, 2));
        prepare(simulation);
        return simulation;
    }

    private static void prepare(Simulation simulation) {
        simulation.bootstrap(1, 0);
        simulation.subscribe("greetings", 0, 1);
    }

    private static void exchange(Simulation simulation) {
        awaitConnection(simulation);
        for (int round = 0; round < 10; round++) {
            simulation.publish(round % 2, "greetings", 4 + 80 * round);
            simulation.run(Duration.ofMillis(70));
        }
        simulation.awaitDelivery(DELIVERED_WITHIN);
        simulation.awaitConvergence(DELIVERED_WITHIN);
    }

    private static void awaitConnection(Simulation simulation) {
        simulation.await("both say that they are connected", CONNECTED_WITHIN, () -> connected(simulation));
    }

    private static boolean connected(Simulation simulation) {
        Observations observations = simulation.witnesses().observations();
        return observations.connected(simulation.node(0), simulation.node(1))
                && observations.connected(simulation.node(1), simulation.node(0));
    }
}
