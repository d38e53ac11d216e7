// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.engine.Observation;
import java.util.List;

/**
 * Passes everything on to each of a list of watchers.
 *
 * @param members not copied: more may come
 */
record WatcherGroup(List<? extends Watcher> members) implements Watcher {

    @Override
    public void sent(VirtualNode node, SocketId socket, Endpoint to, byte[] bytes) {
        members.forEach(member -> member.sent(node, socket, to, bytes));
    }

    @Override
    public void received(VirtualNode node, SocketId socket, Endpoint from, byte[] bytes) {
        members.forEach(member -> member.received(node, socket, from, bytes));
    }

    @Override
    public void translated(NatDevice device, Endpoint inside, Endpoint outside, Endpoint to) {
        members.forEach(member -> member.translated(device, inside, outside, to));
    }

    @Override
    public void turnedAway(NatDevice device, Endpoint from, Endpoint to) {
        members.forEach(member -> member.turnedAway(device, from, to));
    }

    @Override
    public void accepted(VirtualNode node, Message message) {
        members.forEach(member -> member.accepted(node, message));
    }

    @Override
    public void refused(VirtualNode node, Message message, Refusal reason) {
        members.forEach(member -> member.refused(node, message, reason));
    }

    @Override
    public void delivered(VirtualNode node, Delivery delivery) {
        members.forEach(member -> member.delivered(node, delivery));
    }

    @Override
    public void observed(VirtualNode node, Observation observation) {
        members.forEach(member -> member.observed(node, observation));
    }

    @Override
    public void committed(VirtualNode node, List<StoreChange> changes) {
        members.forEach(member -> member.committed(node, changes));
    }

    @Override
    public void stopped(VirtualNode node) {
        members.forEach(member -> member.stopped(node));
    }

    @Override
    public void wiped(VirtualNode node) {
        members.forEach(member -> member.wiped(node));
    }
}
