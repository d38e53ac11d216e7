// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Received;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.node.StreamRelayNode;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Malformed;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Pong;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What our node and a reference peer say to each other, as it is on the wire. */
class WireInteropIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CLUSTER = "interop";
    private static final String EVENT = "e";
    private static final String HASH_OF_NOTHING = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    private static final KeyRing KEYS = new BouncyKeyRing();

    private static final Set<PacketType> LIMITED = Set.of(PacketType.PUBLISH, PacketType.JOIN);
    /** At this pace after this burst never more than 1,023 leave in a minute. */
    private static final int PER_SECOND_MAX = 13;

    private static final int BURST_MAX = 1_023 - 60 * PER_SECOND_MAX;

    /** So that a test sees some of its heartbeats. */
    private static final int KEEPALIVE_MS = 2_000;

    @TempDir
    Path folder;

    private final byte[] sharedKey = KEYS.randomKey();
    private final Journal<Received> inbox = new Journal<>();
    private ReferencePeer reference;
    private WireTap wire;
    private StreamRelayNode node;
    private Subcluster subcluster;

    @BeforeEach
    void open() throws IOException {
        reference = ReferencePeer.inCluster(CLUSTER, KEEPALIVE_MS);
        reference.subcluster("s", sharedKey);
        reference.on("s", EVENT);
        wire = WireTap.toPeer(reference.endpoint());
    }

    private void openNode() throws IOException {
        node = LoopbackNode.open(folder, CLUSTER, wire.nodeSide().toString());
        subcluster = node.subcluster(SubclusterOptions.of("s", SharedKey.ofBytes(sharedKey)));
        subcluster.on(EVENT, message -> {
            if (!message.local()) {
                inbox.add(message);
            }
        });
    }

    private void meet() throws IOException {
        openNode();
        reference.awaitConnection(node.info().peerId(), SOON);
    }

    /** Whatever a test is about: nothing that we sent may break the protocol. */
    @AfterEach
    void close() {
        node.close();
        List<String> crashes = reference.crashes();
        reference.close();
        wire.close();
        assertEquals(List.of(), crashes);
        wire.packets(true).forEach(WireInteropIT::assertValid);
    }

    private static void assertValid(Packet packet) {
        assertFalse(Body.of(packet) instanceof Malformed, () -> "malformed " + packet.type());
        if (packet.type().compareTo(PacketType.PUBLISH) < 0) {
            String json = new String(packet.copy(Field.MESSAGE), StandardCharsets.ISO_8859_1);
            assertTrue(json.chars().allMatch(c -> c >= ' ' && c < 127), json);
            assertFalse(json.contains("null"), json);
        }
    }

    private Packet await(boolean ofNode, PacketType type, Predicate<Packet> wanted) {
        return WireTap.packets(
                        wire.heard().await(SOON, datagrams -> WireTap.packets(datagrams, ofNode)
                                .anyMatch(packet -> packet.type() == type && wanted.test(packet))),
                        ofNode)
                .filter(packet -> packet.type() == type && wanted.test(packet))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isHeartbeat(Packet packet) {
        return Body.of(packet) instanceof Ping ping && !ping.isConnection() && !ping.isReflection();
    }

    @Test
    @Tag("case-6")
    void answersAReferencesHeartbeat() throws IOException {
        meet();
        await(false, PacketType.PING, WireInteropIT::isHeartbeat);
        Pong pong = assertInstanceOf(
                Pong.class,
                Body.of(await(
                        true,
                        PacketType.PONG,
                        packet -> Body.of(packet) instanceof Pong answer && !answer.isConnection())));
        assertEquals(node.info().peerId(), pong.responder());
        assertEquals(reference.id(), pong.requester());
        assertEquals(wire.nodeSide(), Endpoint.of(pong.address(), pong.port()));
        assertEquals(HASH_OF_NOTHING, pong.cacheSummaryHash());
        assertNotNull(pong.natType());
    }

    @Test
    @Tag("case-9")
    void connectionPingsMakeBothListEachOther() throws IOException {
        wire.letPass(datagram -> !(datagram.fromNode() && isConnectionPing(datagram)));
        openNode();
        reference.connect(wire.peerSide(), "s");
        Packet pong =
                await(true, PacketType.PONG, packet -> Body.of(packet) instanceof Pong answer && answer.isConnection());
        Pong body = assertInstanceOf(Pong.class, Body.of(pong));
        assertNull(body.port());
        assertNull(body.address());
        assertFalse(body.isProbe());
        wire.letPass(datagram -> true);
        reference.awaitConnection(node.info().peerId(), SOON);
        Eventually.holds("the reference is listed", SOON, () -> node.info().peers() == 1);
        assertEquals(List.of(node.info().peerId()), reference.connectedPeers());
    }

    private static boolean isConnectionPing(WireTap.Heard datagram) {
        return Body.of(datagram.packet()) instanceof Ping ping && ping.isConnection();
    }

    @Test
    @Tag("case-15")
    void deliversWhatArrivesThreeTimesOnce() throws IOException {
        meet();
        wire.multiply(3);
        Payloads ours = Payloads.ofSizes(10, 2_000);
        Payloads theirs = Payloads.ofSizes(11, 2_001);
        ours.all().forEach(payload -> subcluster.emit(EVENT, payload));
        theirs.all().forEach(payload -> reference.emit("s", EVENT, payload));
        List<ReferenceMessage> heard = reference.awaitMessages(SOON, messages -> messages.size() >= 2);
        ours.assertEachOnce(heard.stream().map(ReferenceMessage::payload).toList());
        theirs.assertEachOnce(inbox.await(SOON, messages -> messages.size() >= 2).stream()
                .map(received -> received.message().payload())
                .toList());
    }

    @Test
    @Tag("case-17")
    @Tag("case-41")
    void ownPacketsLeaveWithOneHop() throws IOException {
        meet();
        subcluster.emit(EVENT, new byte[2_000]);
        reference.awaitMessages(SOON, messages -> !messages.isEmpty());
        List<Packet> published = wire.packets(true)
                .filter(packet -> packet.type() == PacketType.PUBLISH)
                .toList();
        assertEquals(4, published.stream().map(Packet::packetId).distinct().count());
        assertTrue(published.stream().allMatch(packet -> packet.hops() == 1));
    }

    @Test
    @Tag("case-18")
    void saysWhoWhereAndForWhatWhenItJoins() throws IOException {
        meet();
        Packet packet = await(true, PacketType.JOIN, any -> true);
        Join join = assertInstanceOf(Join.class, Body.of(packet));
        assertEquals(node.info().peerId(), join.requester());
        assertEquals(wire.peerSide(), Endpoint.of(join.address(), join.port()));
        Base64.Encoder base64 = Base64.getEncoder();
        assertEquals(
                base64.encodeToString(node.info().clusterId().bytes()) + ":"
                        + base64.encodeToString(subcluster.id().bytes()),
                join.key());
        assertEquals(1, packet.hops());
        reference.awaitJoin(node.info().peerId(), SOON);
    }

    @Test
    @Tag("case-33")
    @Tag("case-34")
    void answersAReferencesFirstAndEmptySummaryWithAllThatItLacks() throws IOException {
        wire.letPass(datagram -> false);
        openNode();
        int[] sizes = IntStream.range(1, 301).toArray();
        Payloads payloads = Payloads.ofSizes(sizes);
        payloads.all().forEach(payload -> subcluster.emit(EVENT, payload));
        wire.letPass(datagram -> true);
        Packet sync = await(false, PacketType.SYNC, any -> true);
        assertEquals(21, sync.length(Field.MESSAGE));
        assertTrue(new String(sync.copy(Field.USR4), StandardCharsets.US_ASCII).matches("\\d{13}"));
        List<ReferenceMessage> heard = reference.awaitMessages(SOON, messages -> messages.size() == 300);
        payloads.assertEachOnce(heard.stream().map(ReferenceMessage::payload).toList());
        assertEquals(300, reference.cached());
        assertPaced(wire.heard().entries());
    }

    /** Protocol-v6 §3.5: what exceeds 1,023 of these in a minute the reference drops. */
    private static void assertPaced(List<WireTap.Heard> datagrams) {
        long[] leftNs = datagrams.stream()
                .filter(WireTap.Heard::fromNode)
                .filter(one -> LIMITED.contains(one.packet().type()))
                .mapToLong(WireTap.Heard::atNs)
                .toArray();
        assertTrue(leftNs.length > BURST_MAX, "so many that the pace shows: " + leftNs.length);
        for (int first = 0; first < leftNs.length; first++) {
            for (int last = first; last < leftNs.length; last++) {
                double allowed = BURST_MAX + PER_SECOND_MAX * (leftNs[last] - leftNs[first]) / 1e9;
                int left = last - first + 1;
                assertTrue(left <= allowed, () -> left + " packets left where " + allowed + " may");
            }
        }
    }

    @Test
    @Tag("case-48")
    void twoNodesAloneServeAReferenceThatComesLater() throws IOException {
        openNode();
        try (StreamRelayNode other = LoopbackNode.open(
                folder.resolve("other"), CLUSTER, LoopbackNode.endpoint(node).toString())) {
            Subcluster same = other.subcluster(SubclusterOptions.of("s", SharedKey.ofBytes(sharedKey)));
            wire.letPass(datagram -> false);
            same.emit(EVENT, new byte[] {1});
            inbox.await(SOON, messages -> messages.size() == 1);
            wire.letPass(datagram -> true);
            List<ReferenceMessage> heard = reference.awaitMessages(SOON, messages -> !messages.isEmpty());
            assertArrayEquals(new byte[] {1}, heard.get(0).payload());
        }
    }
}
