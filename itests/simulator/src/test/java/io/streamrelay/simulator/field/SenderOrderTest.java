// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.api.Id;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.gossip.node.order.OrderHost;
import io.streamrelay.gossip.node.order.OrderLimits;
import io.streamrelay.gossip.node.order.OrderRestorer;
import io.streamrelay.gossip.node.order.OrderRoom;
import io.streamrelay.gossip.node.order.OrderWait;
import io.streamrelay.gossip.node.order.Sequenced;
import io.streamrelay.simulator.Bandwidth;
import io.streamrelay.simulator.Delivery;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.VirtualNode;
import io.streamrelay.simulator.Watcher;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.ArrayList;
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
        List<Queue> queues = List.of(
                new Queue(simulation, SubclusterOptions.DEFAULT_LIFETIME), new Queue(simulation, OrderWait.DEFAULT));
        queues.forEach(simulation::watch);
        for (int node = 0; node < RECEIVER; node++) {
            simulation.bootstrap(node, node + 1, SENDER == node ? RECEIVER - 1 : SENDER);
        }
        simulation.bootstrap(RECEIVER, 1, 2, 3);
        simulation.subscribe("members", RECEIVER);
        simulation.bandwidth(Bandwidth.ofBits(64_000), simulation.all());
        simulation.reachability().contact();
        simulation.start(simulation.all());
        wander(simulation);
        queues.forEach(queue -> queue.expire(simulation.nowMs()));
        Queue patient = queues.get(0);
        Queue hurried = queues.get(1);
        String figure = patient.figure() + " with orderWait = 7d, " + hurried.figure() + " with the default of 5 s, "
                + patient.inversionsIn(patient.arrived) + " as they came";
        simulation.expect(row.measured(figure).passed(patient.isFifo()), figure);
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

    /** What a node does between its engine and its application. */
    private static final class Queue implements Watcher, OrderHost {

        private final Simulation simulation;
        private final OrderRestorer<Integer> restorer;
        private final List<Integer> arrived = new ArrayList<>();
        private final List<Integer> handedOn = new ArrayList<>();

        Queue(Simulation simulation, Duration wait) {
            this.simulation = simulation;
            restorer = new OrderRestorer<>(OrderLimits.DEFAULT, new OrderRoom(), this);
            restorer.waitFor(OrderWait.of(wait));
        }

        @Override
        public void count(String event) {}

        @Override
        public void forgotten(Id sender, long epoch) {}

        @Override
        public void delivered(VirtualNode node, Delivery delivery) {
            Message message = delivery.message();
            Id sender = simulation.node(message.from()).id();
            arrived.add(message.number());
            restorer.expire(simulation.nowMs(), handedOn::add);
            restorer.accept(
                    sender,
                    1,
                    new Sequenced<>(message.number() + 1L, message.number(), 300, simulation.nowMs()),
                    handedOn::add);
        }

        void expire(long nowMs) {
            restorer.expire(nowMs, handedOn::add);
        }

        boolean isFifo() {
            return handedOn.size() == MESSAGES && inversionsIn(handedOn) == 0;
        }

        String figure() {
            return inversionsIn(handedOn) + " inversions of " + handedOn.size() + "/" + MESSAGES;
        }

        /** How often a message comes after a later one. */
        int inversionsIn(List<Integer> numbers) {
            int inversions = 0;
            int highest = -1;
            for (int number : numbers) {
                inversions += number < highest ? 1 : 0;
                highest = Math.max(highest, number);
            }
            return inversions;
        }
    }
}
