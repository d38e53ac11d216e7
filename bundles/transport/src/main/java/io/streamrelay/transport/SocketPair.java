// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketRole;
import io.streamrelay.api.transport.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bound main and probe channel of one node, and the selector that both are registered with for reading. */
final class SocketPair implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SocketPair.class);

    private final Selector selector;
    private final Map<SocketRole, DatagramChannel> channels = new EnumMap<>(SocketRole.class);
    private final Map<SocketRole, InetSocketAddress> addresses = new EnumMap<>(SocketRole.class);

    private SocketPair(Selector selector) {
        this.selector = selector;
    }

    /** Opens both or none. */
    static SocketPair open(TransportOptions options) throws IOException {
        SocketPair pair = new SocketPair(Selector.open());
        try {
            InetAddress address = Ipv4.inetAddress(Endpoint.parseAddress(options.address()));
            pair.add(SocketRole.MAIN, ChannelOpener.open(address, options.port(), options.bufferBytes()));
            pair.add(SocketRole.PROBE, ChannelOpener.open(address, options.probePort(), options.bufferBytes()));
            pair.logOpened(options);
            return pair;
        } catch (IOException e) {
            pair.close();
            throw e;
        }
    }

    private void add(SocketRole role, DatagramChannel channel) throws IOException {
        channels.put(role, channel);
        addresses.put(role, (InetSocketAddress) channel.getLocalAddress());
        channel.register(selector, SelectionKey.OP_READ, role);
    }

    private void logOpened(TransportOptions options) throws IOException {
        BufferGrant grant = BufferGrant.of(channels.get(SocketRole.MAIN), options.bufferBytes());
        LOG.info(
                "UDP open on {}: port {}, probe port {}; {}",
                options.address(),
                port(SocketRole.MAIN),
                port(SocketRole.PROBE),
                grant.describe());
    }

    Selector selector() {
        return selector;
    }

    DatagramChannel channel(SocketRole role) {
        return channels.get(role);
    }

    InetSocketAddress address(SocketRole role) {
        return addresses.get(role);
    }

    int port(SocketRole role) {
        return addresses.get(role).getPort();
    }

    @Override
    public void close() {
        channels.values().forEach(SocketPair::closeQuietly);
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
