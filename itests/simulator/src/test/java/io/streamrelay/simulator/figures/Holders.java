// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.VirtualNode;
import java.util.Arrays;
import java.util.List;

/** Who of those that want a message has it. */
final class Holders {

    private Holders() {}

    /** Among the subscribers that are up now; a newcomer in the sender's place is one of them. */
    static Share of(Simulation simulation, Message message) {
        List<VirtualNode> subscribers = Arrays.stream(simulation.all())
                .mapToObj(simulation::node)
                .filter(node -> node.isAwake() && node.isSubscribed(message.subcluster()))
                .filter(node -> node.number() != message.from() || node.wasWiped())
                .toList();
        long holders = subscribers.stream()
                .filter(node -> simulation.witnesses().deliveries().reached(message, node))
                .count();
        return new Share((int) holders, subscribers.size());
    }
}
