// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

/** A message comes out only where it was meant to: at subscribers, not at its sender, a stream at one node. */
final class AddresseeCheck implements Watcher {

    @Override
    public void delivered(VirtualNode node, Delivery delivery) {
        Message message = delivery.message();
        if (!node.isSubscribed(message.subcluster())) {
            throw new Violation(node + " got " + message + " but has not subscribed");
        }
        if (message.from() == node.number() && !mayHaveForgotten(node, delivery)) {
            throw new Violation(node + " got its own " + message);
        }
        if (!message.toAll() && message.to() != node.number()) {
            throw new Violation(node + " got " + message + ", a stream to node " + message.to());
        }
    }

    /** A host forgets what it sent with its disk, or in a restart after the message's lifetime. */
    private static boolean mayHaveForgotten(VirtualNode node, Delivery delivery) {
        long ageMs = delivery.atMs() - delivery.message().sentMs();
        return node.wasWiped() || ageMs >= delivery.message().outgoing().lifetimeMs();
    }
}
