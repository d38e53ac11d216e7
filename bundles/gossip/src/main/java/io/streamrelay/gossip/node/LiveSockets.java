// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.DatagramReceiver;
import io.streamrelay.api.transport.DatagramSockets;
import io.streamrelay.api.transport.DatagramTransport;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.api.transport.Subnet;
import io.streamrelay.api.transport.TransportOptions;
import io.streamrelay.gossip.engine.Event;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A node's sockets, which may be exchanged for others while the node runs. */
final class LiveSockets implements AutoCloseable {

    private final DatagramTransport transport;
    private final DatagramReceiver receiver;
    private TransportOptions options;
    private volatile DatagramSockets current;

    LiveSockets(DatagramTransport transport, TransportOptions options, DatagramReceiver receiver) throws IOException {
        this.transport = transport;
        this.receiver = receiver;
        this.options = options;
        this.current = transport.open(options, receiver);
    }

    /**
     * Opens other sockets and closes these.
     *
     * @throws IOException when they cannot be opened; the old ones are open again, on other ports where any was wanted
     */
    synchronized void reopen(TransportOptions wanted) throws IOException {
        // A port cannot be bound twice, and a new configuration often keeps one of the two.
        current.close();
        try {
            current = transport.open(wanted, receiver);
            options = wanted;
        } catch (IOException | RuntimeException e) {
            openAgain(e);
            throw e;
        }
    }

    private void openAgain(Exception reason) throws IOException {
        try {
            current = transport.open(options, receiver);
        } catch (IOException | RuntimeException e) {
            e.addSuppressed(reason);
            throw e;
        }
    }

    Event.Opened opened() {
        return new Event.Opened(port(SocketId.MAIN), port(SocketId.PROBE), localAddresses());
    }

    int port(SocketId socket) {
        return current.port(socket);
    }

    void openPooled(SocketId socket) {
        current.openPooled(socket);
    }

    void closePooled(SocketId socket) {
        current.closePooled(socket);
    }

    List<Integer> localAddresses() {
        return current.localAddresses();
    }

    List<Subnet> subnets() {
        return current.subnets();
    }

    List<Integer> resolve(String host) {
        return current.resolve(host);
    }

    /** A datagram that finds the queue full is dropped and counted by the transport; the protocol repairs it. */
    void send(SocketId socket, Endpoint to, byte[] datagram) {
        current.send(socket, to, datagram);
    }

    Map<String, Long> counters() {
        return current.counters();
    }

    @Override
    public synchronized void close() {
        current.close();
    }
}
