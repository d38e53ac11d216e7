// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.api.transport.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bound channels of one node, main, probe and pooled, and the selector that all are registered with for reading.
 * Thread-safe.
 */
final class SocketSet implements AutoCloseable {

    /** Of a pooled socket, in bytes: a guess, some hundred packets, as each serves one peer. */
    static final int POOLED_BUFFER_BYTES = 256 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(SocketSet.class);

    private record Bound(DatagramChannel channel, InetSocketAddress address) {}

    private final Selector selector;
    private final InetAddress address;
    private final Map<SocketId, Bound> open = new ConcurrentHashMap<>();

    private SocketSet(Selector selector, InetAddress address) {
        this.selector = selector;
        this.address = address;
    }

    /** Opens the main and the probe socket, or neither. */
    static SocketSet open(TransportOptions options) throws IOException {
        InetAddress address = Ipv4.inetAddress(Endpoint.parseAddress(options.address()));
        SocketSet sockets = new SocketSet(Selector.open(), address);
        try {
            sockets.add(SocketId.MAIN, options.port(), options.bufferBytes());
            sockets.add(SocketId.PROBE, options.probePort(), options.bufferBytes());
            sockets.logOpened(options);
            return sockets;
        } catch (IOException e) {
            sockets.close();
            throw e;
        }
    }

    private void add(SocketId socket, int port, int bufferBytes) throws IOException {
        DatagramChannel channel = ChannelOpener.open(address, port, bufferBytes);
        open.put(socket, new Bound(channel, (InetSocketAddress) channel.getLocalAddress()));
        channel.register(selector, SelectionKey.OP_READ, socket);
        selector.wakeup();
    }

    private void logOpened(TransportOptions options) throws IOException {
        BufferGrant grant = BufferGrant.of(channel(SocketId.MAIN), options.bufferBytes());
        LOG.info(
                "UDP open on {}: port {}, probe port {}; {}",
                options.address(),
                port(SocketId.MAIN),
                port(SocketId.PROBE),
                grant.describe());
    }

    /** Opens one of the pool, unless it is open. */
    synchronized void openPooled(SocketId socket) throws IOException {
        requirePooled(socket);
        if (selector.isOpen() && !open.containsKey(socket)) {
            add(socket, 0, POOLED_BUFFER_BYTES);
        }
    }

    synchronized void closePooled(SocketId socket) {
        requirePooled(socket);
        Bound closing = open.remove(socket);
        if (closing != null) {
            closeQuietly(closing.channel());
            // A registered channel lets go of its port at the selector's next turn.
            selector.wakeup();
        }
    }

    private static void requirePooled(SocketId socket) {
        if (!socket.isPooled()) {
            throw new IllegalArgumentException(socket + " is not a pooled socket");
        }
    }

    Selector selector() {
        return selector;
    }

    boolean isOpen(SocketId socket) {
        return open.containsKey(socket);
    }

    /** Null when it is not open. */
    DatagramChannel channel(SocketId socket) {
        Bound bound = open.get(socket);
        return bound == null ? null : bound.channel();
    }

    InetSocketAddress address(SocketId socket) {
        Bound bound = open.get(socket);
        if (bound == null) {
            throw new IllegalArgumentException("socket " + socket + " is not open");
        }
        return bound.address();
    }

    int port(SocketId socket) {
        return address(socket).getPort();
    }

    @Override
    public synchronized void close() {
        open.values().forEach(bound -> closeQuietly(bound.channel()));
        // A registered channel lets go of its port when the selector forgets it.
        closeQuietly(selector);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.debug("A UDP socket could not be closed properly", e);
        }
    }
}
