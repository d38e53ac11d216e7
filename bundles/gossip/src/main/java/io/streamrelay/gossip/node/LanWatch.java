// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.Registration;
import io.streamrelay.api.transport.LanDiscovery;
import io.streamrelay.api.transport.LanNode;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.api.transport.Subnet;
import io.streamrelay.gossip.engine.Event;
import java.util.List;

/**
 * Tells the engine of this host's networks and of the nodes on them, and those of this node, as long as the settings want
 * it. Thread-safe.
 */
final class LanWatch implements AutoCloseable {

    private final LanDiscovery discovery;
    private final LiveSockets sockets;
    private final Id self;
    private final EventQueue queue;
    private List<Subnet> known = List.of();
    private LanNode announced;
    private Registration announcement = () -> {};
    private boolean wanted;

    LanWatch(LanDiscovery discovery, LiveSockets sockets, Id self, EventQueue queue) {
        this.discovery = discovery;
        this.sockets = sockets;
        this.self = self;
        this.queue = queue;
    }

    synchronized void configure(NodeConfig config) {
        wanted = config.lanDiscovery();
        int address = Endpoint.parseAddress(config.address());
        announce(wanted ? new LanNode(self, config.cluster(), address, sockets.port(SocketId.MAIN)) : null);
        look();
    }

    private void announce(LanNode node) {
        if (node == null ? announced == null : node.equals(announced)) {
            return;
        }
        announcement.close();
        announced = node;
        announcement = node == null ? () -> {} : discovery.start(node, this::found);
    }

    private void found(Endpoint endpoint) {
        queue.fact(new Event.Nearby(endpoint));
    }

    /** Looks whether this host is in other networks than before. */
    synchronized void look() {
        List<Subnet> now = wanted ? sockets.subnets() : List.of();
        if (!now.equals(known)) {
            known = now;
            queue.fact(new Event.Networks(now));
        }
    }

    @Override
    public synchronized void close() {
        wanted = false;
        announce(null);
    }
}
