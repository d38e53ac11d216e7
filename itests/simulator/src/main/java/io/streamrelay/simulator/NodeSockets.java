// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A host's open sockets. They are bound to no address, so that they stay open when the host gets another one. */
final class NodeSockets {

    /** Where their datagrams go. */
    @FunctionalInterface
    interface Receiver {

        void receive(SocketId socket, Endpoint from, byte[] bytes);
    }

    private final int node;
    private final World world;
    private final Receiver receiver;
    private final Set<SocketId> open = new LinkedHashSet<>();

    NodeSockets(int node, World world, Receiver receiver) {
        this.node = node;
        this.world = world;
        this.receiver = receiver;
    }

    /** Where a socket is or would be. */
    Endpoint endpoint(SocketId socket) {
        return world.topology().endpoint(node, socket);
    }

    boolean isOpen(SocketId socket) {
        return open.contains(socket);
    }

    /** Opens a socket, unless it is open. */
    void open(SocketId socket) {
        if (open.add(socket)) {
            bind(socket);
        }
    }

    void close(SocketId socket) {
        if (open.remove(socket)) {
            world.network().close(endpoint(socket));
        }
    }

    void closeAll() {
        List.copyOf(open).forEach(this::close);
    }

    /** The host's address goes. */
    void unbind() {
        open.forEach(socket -> world.network().close(endpoint(socket)));
    }

    /** The host has got another address. */
    void rebind() {
        open.forEach(this::bind);
    }

    private void bind(SocketId socket) {
        world.network().open(endpoint(socket), node, (from, bytes) -> receiver.receive(socket, from, bytes));
    }
}
