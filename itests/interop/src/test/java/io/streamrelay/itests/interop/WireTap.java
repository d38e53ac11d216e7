// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import io.streamrelay.api.Endpoint;
import io.streamrelay.gossip.packet.Packet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A wire between a node and one other peer that is listened to, and can be cut. Each side takes the tap for the other:
 * a node that is to meet a reference peer through it has {@link #nodeSide} for its peer.
 */
final class WireTap implements AutoCloseable {

    private static final int DATAGRAM_BYTES_MAX = 65_535;

    /** A datagram that went through, or would have. */
    record Heard(boolean fromNode, byte[] bytes, long atNs) {

        /** @throws AssertionError when it is none */
        Packet packet() {
            if (Packet.decode(bytes) instanceof Packet packet) {
                return packet;
            }
            throw new AssertionError("no packet: " + Arrays.toString(bytes));
        }
    }

    private final Journal<Heard> heard = new Journal<>();
    private final DatagramSocket towardNode;
    private final DatagramSocket towardPeer;
    private volatile InetSocketAddress node;
    private volatile InetSocketAddress peer;
    private volatile Predicate<Heard> passes = datagram -> true;
    private volatile int copies = 1;

    private WireTap(InetSocketAddress node, InetSocketAddress peer) throws IOException {
        this.node = node;
        this.peer = peer;
        towardNode = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        towardPeer = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        carry(towardNode, true);
        carry(towardPeer, false);
    }

    /** For a node that begins. */
    static WireTap toPeer(Endpoint peer) throws IOException {
        return new WireTap(null, address(peer));
    }

    /** For a peer that begins. */
    static WireTap toNode(Endpoint node) throws IOException {
        return new WireTap(address(node), null);
    }

    private static InetSocketAddress address(Endpoint endpoint) {
        return new InetSocketAddress(endpoint.host(), endpoint.port());
    }

    /** Where the node finds the peer. */
    Endpoint nodeSide() {
        return endpoint(towardNode);
    }

    /** Where the peer finds the node. */
    Endpoint peerSide() {
        return endpoint(towardPeer);
    }

    private static Endpoint endpoint(DatagramSocket socket) {
        return Endpoint.of(socket.getLocalAddress().getHostAddress(), socket.getLocalPort());
    }

    /** What does not pass is lost. */
    void letPass(Predicate<Heard> filter) {
        passes = filter;
    }

    /** From here on everything arrives so many times. */
    void multiply(int times) {
        copies = times;
    }

    /** Says something to the peer as if the node had, which the peer cannot tell: a forged sender. */
    void forge(byte[] bytes) throws IOException {
        towardPeer.send(new DatagramPacket(bytes, bytes.length, peer));
    }

    Journal<Heard> heard() {
        return heard;
    }

    /** The packets of the node, or of its peer, so far. */
    Stream<Packet> packets(boolean ofNode) {
        return packets(heard.entries(), ofNode);
    }

    static Stream<Packet> packets(List<Heard> datagrams, boolean ofNode) {
        return datagrams.stream().filter(one -> one.fromNode() == ofNode).map(Heard::packet);
    }

    private void carry(DatagramSocket from, boolean fromNode) {
        Thread thread = new Thread(() -> carryAll(from, fromNode), "wire-tap-" + from.getLocalPort());
        thread.setDaemon(true);
        thread.start();
    }

    private void carryAll(DatagramSocket from, boolean fromNode) {
        byte[] buffer = new byte[DATAGRAM_BYTES_MAX];
        while (!from.isClosed()) {
            DatagramPacket in = new DatagramPacket(buffer, buffer.length);
            try {
                from.receive(in);
                learn((InetSocketAddress) in.getSocketAddress(), fromNode);
                pass(new Heard(fromNode, Arrays.copyOf(buffer, in.getLength()), System.nanoTime()));
            } catch (IOException e) {
                if (!from.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void learn(InetSocketAddress sender, boolean fromNode) {
        if (fromNode && node == null) {
            node = sender;
        } else if (!fromNode && peer == null) {
            peer = sender;
        }
    }

    private void pass(Heard datagram) throws IOException {
        heard.add(datagram);
        InetSocketAddress to = datagram.fromNode() ? peer : node;
        if (to == null || !passes.test(datagram)) {
            return;
        }
        DatagramSocket out = datagram.fromNode() ? towardPeer : towardNode;
        for (int i = 0; i < copies; i++) {
            out.send(new DatagramPacket(datagram.bytes(), datagram.bytes().length, to));
        }
    }

    @Override
    public void close() {
        towardNode.close();
        towardPeer.close();
    }
}
