// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.util.List;

/** Nodes that are down, for tests of what watches them. */
final class TestWorld {

    private final VirtualTime time = new VirtualTime();
    private final Chance chance = new Chance(1);
    final MessageBook messages = new MessageBook(chance);
    final VirtualNode sender;
    final VirtualNode receiver;

    TestWorld() {
        Topology topology = new Topology(2, chance);
        Watcher nobody = new WatcherGroup(List.of());
        World world = new World(
                SimulationOptions.of("Test#test", 1, 2),
                time,
                chance,
                new PeerIds(1, 2),
                topology,
                new VirtualNetwork(time, chance, LinkOptions.CLEAN, topology, nobody),
                new NameServer(2, topology),
                messages,
                nobody);
        sender = new VirtualNode(0, world);
        receiver = new VirtualNode(1, world);
    }

    Message publish() {
        return messages.write(0, Message.TO_ALL, MessageBook.id("all"), 100, 0);
    }

    static Delivery delivery(Message message) {
        return new Delivery(message, MessageBook.id("packet " + message.number()), 0, 1, 10);
    }
}
