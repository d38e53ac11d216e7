// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.api.GapInfo;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.node.order.OrderHost;
import io.streamrelay.gossip.node.order.OrderLimits;
import io.streamrelay.gossip.node.order.OrderRestorer;
import io.streamrelay.gossip.node.order.OrderRoom;
import io.streamrelay.gossip.node.order.OrderWait;
import io.streamrelay.gossip.node.order.Sequenced;
import io.streamrelay.simulator.Delivery;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.VirtualNode;
import io.streamrelay.simulator.Watcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a node does between its engine and its application, with the node's own restorer of order; for one sender. */
final class OrderedReceiver implements Watcher, OrderHost {

    /** A small message in memory. */
    private static final int BYTES = 1_000;

    private final Simulation simulation;
    private final OrderRestorer<Integer> restorer = new OrderRestorer<>(OrderLimits.DEFAULT, new OrderRoom(), this);
    private final List<Integer> arrived = new ArrayList<>();
    private final List<Integer> handedOn = new ArrayList<>();

    /** @param wait the subcluster's {@code orderWait} */
    OrderedReceiver(Simulation simulation, Duration wait) {
        this.simulation = simulation;
        restorer.waitFor(OrderWait.of(wait));
    }

    @Override
    public void delivered(VirtualNode node, Delivery delivery) {
        Message message = delivery.message();
        Id sender = simulation.node(message.from()).id();
        arrived.add(message.number());
        expire();
        Sequenced<Integer> item = new Sequenced<>(message.number() + 1L, message.number(), BYTES, simulation.nowMs());
        restorer.accept(sender, 1, item, handedOn::add);
    }

    /** Hands on what has waited long enough until now. */
    void expire() {
        restorer.expire(simulation.nowMs(), handedOn::add);
    }

    /** The numbers of the messages in the order in which they came. */
    List<Integer> arrived() {
        return arrived;
    }

    /** The numbers of the messages in the order in which the application got them. */
    List<Integer> handedOn() {
        return handedOn;
    }

    /** What the application is told that it has not got; a message's number is one less than its place. */
    List<GapInfo> gaps() {
        return restorer.gaps();
    }

    @Override
    public long wallMs() {
        return 0;
    }

    @Override
    public void count(String event) {}

    @Override
    public void forgotten(Id sender, long epoch) {}
}
