// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WireCheckTest {

    private final TestWorld world = new TestWorld();
    private final WireCheck check = new WireCheck();
    private final byte[] packet = packet(PacketType.PUBLISH, 1);

    private static byte[] packet(PacketType type, int hops) {
        return Packet.builder(type).message(new byte[] {1}).hops(hops).build().bytes();
    }

    private void send(SocketId socket, Endpoint to, byte[] bytes) {
        check.sent(world.sender, socket, to, bytes);
    }

    @Test
    void passesAValidPacketToSomebodyElse() {
        assertDoesNotThrow(() -> send(SocketId.MAIN, world.receiver.endpoint(), packet));
    }

    @Test
    void passesAPunchButNoOtherSingleByte() {
        Endpoint to = world.receiver.endpoint();
        assertDoesNotThrow(() -> send(SocketId.pooled(3), to, new byte[] {1}));
        assertThrows(Violation.class, () -> send(SocketId.pooled(3), to, new byte[] {2}));
    }

    @Test
    void passesAShortFormThatIsOneOfAPacket() {
        byte[] bytes = {'S', 'C', 0, 0, (byte) 0xc0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7};
        Endpoint to = world.receiver.endpoint();
        assertDoesNotThrow(() -> send(SocketId.MAIN, to, bytes));
        assertThrows(Violation.class, () -> send(SocketId.PROBE, to, bytes));
        assertThrows(Violation.class, () -> send(SocketId.MAIN, to, Arrays.copyOf(bytes, 17)));
        bytes[5] = 17;
        assertThrows(Violation.class, () -> send(SocketId.MAIN, to, bytes));
    }

    @Test
    void failsOnWhatIsNoPacket() {
        byte[] broken = Arrays.copyOf(packet, packet.length - 10);
        assertThrows(Violation.class, () -> send(SocketId.MAIN, world.receiver.endpoint(), broken));
    }

    @Test
    void failsOnBytesBehindThePacket() {
        byte[] trailing = Arrays.copyOf(packet, packet.length + 1);
        assertThrows(Violation.class, () -> send(SocketId.MAIN, world.receiver.endpoint(), trailing));
    }

    @Test
    void failsOnMoreThanSixteenHops() {
        Endpoint to = world.receiver.endpoint();
        assertDoesNotThrow(() -> send(SocketId.MAIN, to, packet(PacketType.PUBLISH, 16)));
        assertThrows(Violation.class, () -> send(SocketId.MAIN, to, packet(PacketType.PUBLISH, 17)));
    }

    @Test
    void failsOnAPacketToOneself() {
        assertThrows(Violation.class, () -> send(SocketId.MAIN, world.sender.endpoint(), packet));
    }

    @Test
    void failsOnAPublishFromTheProbeSocket() {
        assertThrows(Violation.class, () -> send(SocketId.PROBE, world.receiver.endpoint(), packet));
    }
}
