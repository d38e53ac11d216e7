// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.engine.Observation;
import java.util.List;

/** Is told what happens at each node. One that checks throws a {@link Violation}. */
public interface Watcher {

    /** A node handed a datagram to the network. */
    default void sent(VirtualNode node, SocketId socket, Endpoint to, byte[] bytes) {}

    /** A datagram reached a node. */
    default void received(VirtualNode node, SocketId socket, Endpoint from, byte[] bytes) {}

    /** A NAT device took a datagram out, which then seemed to come from {@code outside}. */
    default void translated(NatDevice device, Endpoint inside, Endpoint outside, Endpoint to) {}

    /** A NAT device let a datagram neither in nor out. */
    default void turnedAway(NatDevice device, Endpoint from, Endpoint to) {}

    /** A node's engine took responsibility for a message. */
    default void accepted(VirtualNode node, Message message) {}

    /** A node's engine did not take a message. */
    default void refused(VirtualNode node, Message message, Refusal reason) {}

    /** A message came out of a node's engine. */
    default void delivered(VirtualNode node, Delivery delivery) {}

    /** A node's engine told something about itself. */
    default void observed(VirtualNode node, Observation observation) {}

    /** Changes are on a node's disk. */
    default void committed(VirtualNode node, List<StoreChange> changes) {}

    /** A node's engine is gone; its store is what the next one will find. */
    default void stopped(VirtualNode node) {}

    /** The disk of a node that is down was emptied. */
    default void wiped(VirtualNode node) {}
}
