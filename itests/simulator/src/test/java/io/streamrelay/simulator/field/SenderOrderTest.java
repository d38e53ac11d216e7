// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.simulator.Bandwidth;
import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.TestInfo;

/**
 * Three carriers meet the sender and the receiver at random, for some seconds on a slow line, so that what comes late is
 * older than what came before. The node's own restorer of order, fed with what its engine hands on, puts it right.
 */
class SenderOrderTest {

    private static final int SENDER = 0;
    private static final int RECEIVER = 4;
    private static final int MESSAGES = 200;

    /**
     * The option is {@code orderWait} of a subcluster. With the lifetime, nothing is handed on before its turn; with the
     * default, a node prefers what is there after 5 s.
     */
    @SeededTest
    void messagesOfRandomContactsComeOutInOrderWhenOrderIsWaitedFor(long seed, TestInfo test) {
        Score row = Score.row("A2").seed(seed).shownBy(test);
        Simulation simulation = Stages.simulation(Stages.options(test, seed, 5));
        OrderedReceiver patient = new OrderedReceiver(simulation, SubclusterOptions.DEFAULT_LIFETIME);
        OrderedReceiver hurried = new OrderedReceiver(simulation, SubclusterOptions.DEFAULT_ORDER_WAIT);
        simulation.watch(patient);
        simulation.watch(hurried);
        for (int node = 0; node < RECEIVER; node++) {
            simulation.bootstrap(node, node + 1, SENDER == node ? RECEIVER - 1 : SENDER);
        }
        simulation.bootstrap(RECEIVER, 1, 2, 3);
        simulation.subscribe("members", RECEIVER);
        simulation.bandwidth(Bandwidth.ofBits(64_000), simulation.all());
        simulation.reachability().contact();
        simulation.start(simulation.all());
        wander(simulation);
        patient.expire();
        hurried.expire();
        String figure = figure(patient) + " with orderWait = 7d, " + figure(hurried) + " with the default of 5 s, "
                + inversionsIn(patient.arrived()) + " as they came";
        simulation.expect(row.measured(figure).passed(isFifo(patient)), figure);
    }

    private static void wander(Simulation simulation) {
        RandomGenerator draws = simulation.chance("contacts");
        for (int round = 0; round < MESSAGES; round++) {
            simulation.publish(SENDER, "members", 300);
            int carrier = 1 + draws.nextInt(3);
            simulation.reachability().contact(carrier, draws.nextBoolean() ? SENDER : RECEIVER);
            simulation.run(Duration.ofMillis(2_000 + draws.nextLong(20_000)));
        }
        for (int carrier = 1; carrier < RECEIVER; carrier++) {
            for (int end : new int[] {SENDER, RECEIVER}) {
                simulation.reachability().contact(carrier, end);
                simulation.run(Duration.ofMinutes(3));
            }
        }
    }

    private static boolean isFifo(OrderedReceiver receiver) {
        return receiver.handedOn().size() == MESSAGES && inversionsIn(receiver.handedOn()) == 0;
    }

    private static String figure(OrderedReceiver receiver) {
        return inversionsIn(receiver.handedOn()) + " inversions of "
                + receiver.handedOn().size() + "/" + MESSAGES;
    }

    /** How often a message comes after a later one. */
    private static int inversionsIn(List<Integer> numbers) {
        int inversions = 0;
        int highest = -1;
        for (int number : numbers) {
            inversions += number < highest ? 1 : 0;
            highest = Math.max(highest, number);
        }
        return inversions;
    }
}
