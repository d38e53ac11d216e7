// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The datagrams that end a reference peer (protocol-v6 D37), and those that it drops without a word. */
class HostileDatagramsTest {

    private static final Endpoint STRANGER = Endpoint.of("10.9.9.9", 4_000);
    private static final String ID = "\"" + TestPackets.filled(77).hex() + "\"";

    private final TestMesh mesh = new TestMesh();
    private TestMesh.Node peer;
    private TestMesh.Node node;

    @BeforeEach
    void connect() {
        peer = mesh.subscribed(2);
        node = mesh.subscribed(1, peer);
        mesh.run(1_000);
        assertTrue(node.knows(peer));
    }

    static Stream<Arguments> deadly() {
        String both = "{\"responderPeerId\":" + ID + ",\"requesterPeerId\":\""
                + TestPackets.filled(1).hex() + "\"";
        String somewhere = "\"address\":\"10.1.1.1\",\"port\":4000";
        return Stream.of(
                Arguments.of(PacketType.JOIN, -1, "{}", DropReason.MISSING_KEY),
                Arguments.of(
                        PacketType.JOIN,
                        -1,
                        "{\"requesterPeerId\":" + ID + ",\"natType\":31,\"address\":null,\"port\":1}",
                        DropReason.BAD_VALUE),
                Arguments.of(PacketType.SYNC, -1, "", DropReason.BAD_SUMMARY),
                Arguments.of(
                        PacketType.PING,
                        -1,
                        "{\"requesterPeerId\":" + ID + ",\"probeExternalPort\":70000}",
                        DropReason.BAD_PORT),
                Arguments.of(
                        PacketType.INTRO,
                        -1,
                        "{\"requesterPeerId\":" + ID + ",\"responderPeerId\":" + ID + ",\"natType\":2," + somewhere
                                + "}",
                        DropReason.BAD_NAT_TYPE),
                Arguments.of(
                        PacketType.INTRO,
                        -1,
                        "{\"requesterPeerId\":" + ID + ",\"responderPeerId\":" + ID
                                + ",\"natType\":31,\"address\":\"no.such.host\",\"port\":4000}",
                        DropReason.BAD_ADDRESS),
                Arguments.of(PacketType.PUBLISH, 0, "null", DropReason.BAD_JSON),
                Arguments.of(PacketType.QUERY, -1, "null", DropReason.ID_MISSING),
                Arguments.of(PacketType.QUERY, 1, "7", DropReason.ID_MISSING));
    }

    @ParameterizedTest
    @MethodSource("deadly")
    @Tag("case-40")
    void whatEndsAReferencePeerIsACountedDrop(PacketType type, int index, String message, DropReason reason) {
        mesh.inject(peer.endpoint, node, packet(type, index, message).bytes());
        mesh.run(100);
        assertEquals(1, node.drops(reason), () -> "dropped: " + node.observations);
        assertTrue(node.knows(peer));
    }

    @Test
    @Tag("case-40")
    void anUnsolicitedPongIsACountedDrop() {
        String pong = "{\"responderPeerId\":" + ID + ",\"requesterPeerId\":\"" + node.id.hex()
                + "\",\"isConnection\":true,\"natType\":31,\"pingId\":\"0123456789ab\"}";
        mesh.inject(STRANGER, node, packet(PacketType.PONG, -1, pong).bytes());
        mesh.run(100);
        assertEquals(1, node.drops(DropReason.UNSOLICITED_PONG));
        assertEquals(1, node.engine.peers(mesh.nowMs).size());
    }

    @Test
    @Tag("case-40")
    void aPingIsAnsweredAlsoWithoutKnowingTheOwnNatType() {
        TestMesh.Node alone = mesh.start(3);
        long before = mesh.sent;
        mesh.inject(
                STRANGER,
                alone,
                packet(PacketType.PING, -1, "{\"requesterPeerId\":" + ID + ",\"uptime\":1,\"timestamp\":1}")
                        .bytes());
        mesh.run(1);
        assertTrue(mesh.sent > before);
    }

    static Stream<Arguments> strange() {
        byte[] valid =
                packet(PacketType.PING, -1, "{\"requesterPeerId\":" + ID + "}").bytes();
        return Stream.of(
                Arguments.of(changed(valid, 0, 4), DropReason.BAD_MAGIC),
                Arguments.of(changed(valid, 6, 5), DropReason.BAD_VERSION),
                Arguments.of(changed(valid, 6, 7), DropReason.BAD_VERSION),
                Arguments.of(changed(valid, 4, 9), DropReason.UNKNOWN_TYPE),
                Arguments.of(changed(valid, 24, 33), DropReason.FIELD_TOO_LONG),
                Arguments.of(Arrays.copyOf(valid, 40), DropReason.TRUNCATED),
                Arguments.of(
                        packet(PacketType.PING, -1, "{\"requesterPeerId\":" + ID + ",\"more\":1}")
                                .bytes(),
                        DropReason.UNKNOWN_KEY));
    }

    private static byte[] changed(byte[] datagram, int at, int value) {
        byte[] changed = datagram.clone();
        changed[at] = (byte) value;
        return changed;
    }

    @ParameterizedTest
    @MethodSource("strange")
    @Tag("case-38")
    void whatIsNoPacketOfThisVersionGetsNoAnswer(byte[] datagram, DropReason reason) {
        mesh.run(9_000);
        long before = mesh.sent;
        byte[] hash = node.engine.summaryHash();
        mesh.inject(STRANGER, node, datagram);
        mesh.run(1);
        assertEquals(1, node.drops(reason), () -> "dropped: " + node.observations);
        assertEquals(before, mesh.sent);
        assertTrue(Arrays.equals(hash, node.engine.summaryHash()));
        assertEquals(1, node.engine.peers(mesh.nowMs).size());
    }

    /** One real peer among a million who are not there; D47: every table has its limit. */
    @Test
    @Tag("case-45")
    void aMillionForgedSendersFillNoTableAndCostNoPeer() {
        byte[][] forged = {
            packet(PacketType.PING, -1, "{\"requesterPeerId\":" + ID + ",\"natType\":31,\"isConnection\":true}")
                    .bytes(),
            TestPackets.single(3).bytes(),
            packet(
                            PacketType.JOIN,
                            -1,
                            "{\"requesterPeerId\":" + ID + ",\"natType\":31,\"address\":\"10.1.1.1\",\"port\":4000}")
                    .bytes()
        };
        for (int i = 0; i < 1_000_000; i++) {
            byte[] datagram = forged[i % forged.length];
            Endpoint from = new Endpoint(0x0b000000 + i, 1_024 + i % 60_000);
            node.engine.handle(
                    new Event.Datagram(SocketId.MAIN, from, datagram.clone()), new Now(mesh.nowMs + i / 1_000, 0));
        }
        assertEquals(1, node.engine.peers(mesh.nowMs + 1_000).size());
        assertEquals(0, node.engine.cachedPackets());
        Tables.assertBounded(node.engine, Limits.UNPROVEN_ADDRESSES_MAX);
    }

    private static Packet packet(PacketType type, int index, String message) {
        return Packet.builder(type)
                .index(index)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .message(message.getBytes(StandardCharsets.US_ASCII))
                .build();
    }
}
