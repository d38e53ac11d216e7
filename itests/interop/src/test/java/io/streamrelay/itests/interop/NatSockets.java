// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.DatagramReceiver;
import io.streamrelay.api.transport.DatagramSockets;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.api.transport.Subnet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The sockets of {@link NatTransport}: one real socket for each mapping. */
final class NatSockets implements DatagramSockets {

    /** The counter of datagrams that the NAT did not let in. */
    static final String TURNED_AWAY = "turned-away";

    private static final int DATAGRAM_BYTES_MAX = 65_535;
    private static final int INSIDE_ADDRESS = Endpoint.parseAddress("10.77.0.2");
    private static final int INSIDE_PORT = 19_777;

    private record Flow(SocketId socket, Endpoint to) {}

    private record Mapping(SocketId socket, DatagramChannel channel, Set<Endpoint> sentTo) {}

    private final NatTransport nat;
    private final DatagramReceiver receiver;
    private final Selector selector;
    private final Map<Flow, Mapping> mappings = new LinkedHashMap<>();
    private final AtomicLong turnedAway = new AtomicLong();
    private final Set<SocketId> pooled = new LinkedHashSet<>();

    NatSockets(NatTransport nat, DatagramReceiver receiver) throws IOException {
        this.nat = nat;
        this.receiver = receiver;
        selector = Selector.open();
        Thread thread = new Thread(this::receive, "nat-" + nat.outside());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized boolean openPooled(SocketId socket) {
        return pooled.add(socket);
    }

    @Override
    public synchronized void closePooled(SocketId socket) {
        pooled.remove(socket);
    }

    @Override
    public int port(SocketId socket) {
        return INSIDE_PORT + socket.number();
    }

    @Override
    public synchronized boolean send(SocketId socket, Endpoint to, byte[] datagram) {
        if (!selector.isOpen() || socket.isPooled() && !pooled.contains(socket)) {
            return false;
        }
        try {
            Mapping mapping = mapping(new Flow(socket, nat.mapsByDestination() ? to : null));
            mapping.sentTo().add(to);
            mapping.channel().send(ByteBuffer.wrap(datagram), new InetSocketAddress(to.host(), to.port()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Mapping mapping(Flow flow) throws IOException {
        Mapping known = mappings.get(flow);
        if (known != null) {
            return known;
        }
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(nat.outside(), 0)).configureBlocking(false);
        Mapping mapping = new Mapping(flow.socket(), channel, new LinkedHashSet<>());
        mappings.put(flow, mapping);
        channel.register(selector, SelectionKey.OP_READ, mapping);
        selector.wakeup();
        return mapping;
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocate(DATAGRAM_BYTES_MAX);
        while (selector.isOpen()) {
            try {
                selector.select(key -> take((Mapping) key.attachment(), buffer));
            } catch (IOException | ClosedSelectorException e) {
                return;
            }
        }
    }

    private void take(Mapping mapping, ByteBuffer buffer) {
        try {
            buffer.clear();
            InetSocketAddress sender = (InetSocketAddress) mapping.channel().receive(buffer);
            if (sender == null) {
                return;
            }
            Endpoint from = Endpoint.of(sender.getAddress().getHostAddress(), sender.getPort());
            byte[] datagram = new byte[buffer.flip().remaining()];
            buffer.get(datagram);
            if (letsIn(mapping, from)) {
                receiver.received(mapping.socket(), from, datagram);
            } else {
                turnedAway.incrementAndGet();
            }
        } catch (IOException e) {
            mapping.channel().keyFor(selector).cancel();
        }
    }

    private synchronized boolean letsIn(Mapping mapping, Endpoint from) {
        return switch (nat.type()) {
            case UNRESTRICTED -> true;
            case ADDRESS_RESTRICTED -> mapping.sentTo().stream().anyMatch(sent -> sent.address() == from.address());
            default -> mapping.sentTo().contains(from);
        };
    }

    @Override
    public int queued() {
        return 0;
    }

    @Override
    public List<Integer> localAddresses() {
        return List.of(INSIDE_ADDRESS);
    }

    @Override
    public List<Subnet> subnets() {
        return List.of();
    }

    @Override
    public List<Integer> resolve(String host) {
        return List.of(Endpoint.parseAddress(host));
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of(TURNED_AWAY, turnedAway.get());
    }

    @Override
    public void close() {
        try {
            // Without our monitor: the receiving thread, which wants it, has the selector's meanwhile.
            selector.close();
            closeMappings();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void closeMappings() throws IOException {
        for (Mapping mapping : mappings.values()) {
            mapping.channel().close();
        }
    }
}
