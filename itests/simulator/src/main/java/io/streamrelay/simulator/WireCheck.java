// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.Decoded;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Pulse;
import io.streamrelay.gossip.packet.Receipt;
import io.streamrelay.gossip.packet.ShortForm;

/**
 * Whatever leaves a node is one valid packet, small enough, or the short form of one, a pulse, a receipt, or a punch, on its way to
 * somebody else.
 */
final class WireCheck implements Watcher {

    /** The largest packet there is (protocol-v6 §1.1). */
    private static final int PACKET_BYTES_MAX = 1421;

    /** Packets with 16 hops are taken but not passed on (protocol-v6 §3.12). */
    private static final int HOPS_MAX = 16;

    @Override
    public void sent(VirtualNode node, SocketId socket, Endpoint to, byte[] bytes) {
        if (ShortForm.isShort(bytes)) {
            // Whatever its names stand for, it is a packet.
            Decoded decoded = ShortForm.read(bytes, ShortForm.ZEROS).decoded();
            checkPacket(node, socket, decoded instanceof Packet packet ? packet.bytes() : bytes);
        } else if (!isPunch(bytes) && Pulse.of(bytes) == null && Receipt.of(bytes) == null) {
            checkPacket(node, socket, bytes);
        }
        if (to.address() == node.endpoint().address()) {
            throw new Violation(node + " sent a datagram to itself");
        }
    }

    /** The one byte that opens a NAT (protocol-v6 §3.11). */
    private static boolean isPunch(byte[] bytes) {
        return bytes.length == 1 && bytes[0] == 1;
    }

    private static void checkPacket(VirtualNode node, SocketId socket, byte[] bytes) {
        Decoded decoded = Packet.decode(bytes.clone());
        if (!(decoded instanceof Packet packet)) {
            throw new Violation(node + " sent what is no packet: " + decoded);
        }
        if (bytes.length > PACKET_BYTES_MAX || packet.size() != bytes.length) {
            throw new Violation(node + " sent " + bytes.length + " bytes for a packet of " + packet.size());
        }
        if (packet.hops() > HOPS_MAX) {
            throw new Violation(node + " sent a packet with " + packet.hops() + " hops");
        }
        if (socket.equals(SocketId.PROBE) && packet.type() != PacketType.PING && packet.type() != PacketType.PONG) {
            throw new Violation(node + " sent a " + packet.type() + " from its probe socket");
        }
    }
}
