// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.node.StreamRelayNode;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Intro;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What our node, without their key, passes on between two reference peers, as it is on both wires. */
class RelayWireInteropIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CLUSTER = "interop";
    private static final int KEEPALIVE_MS = 2_000;

    @TempDir
    Path folder;

    private StreamRelayNode node;
    private ReferencePeer ann;
    private ReferencePeer bob;
    private WireTap annsWire;
    private WireTap bobsWire;

    @BeforeEach
    void open() throws IOException {
        node = LoopbackNode.openUnrestricted(folder, CLUSTER);
        annsWire = WireTap.toNode(LoopbackNode.endpoint(node));
        bobsWire = WireTap.toNode(LoopbackNode.endpoint(node));
        ann = memberAt(annsWire);
        bob = memberAt(bobsWire);
    }

    private static ReferencePeer memberAt(WireTap wire) {
        ReferencePeer peer = ReferencePeer.inCluster(CLUSTER, KEEPALIVE_MS);
        peer.subcluster("s", new byte[32]);
        peer.on("s", "e");
        peer.connect(wire.peerSide(), "s");
        return peer;
    }

    @AfterEach
    void close() {
        node.close();
        annsWire.close();
        bobsWire.close();
        for (ReferencePeer peer : List.of(ann, bob)) {
            List<String> crashes = peer.crashes();
            peer.close();
            assertEquals(List.of(), crashes);
        }
    }

    @Test
    @Tag("case-16")
    void addsAHopChangesNothingElseAndSendsNothingBack() {
        Payloads payloads = Payloads.ofSizes(10, 3_000);
        payloads.all().forEach(payload -> ann.emit("s", "e", payload));
        payloads.assertEachOnce(bob.awaitMessages(SOON, messages -> messages.size() >= 2).stream()
                .map(ReferenceMessage::payload)
                .toList());
        Map<Id, Packet> said = published(annsWire, false);
        Map<Id, Packet> passedOn = published(bobsWire, true);
        assertEquals(6, passedOn.size());
        passedOn.forEach((id, packet) -> {
            assertEquals(said.get(id).hops() + 1, packet.hops());
            assertArrayEquals(said.get(id).withHops(0), packet.withHops(0));
        });
        assertEquals(Set.of(), published(annsWire, true).keySet());
    }

    @Test
    @Tag("case-19")
    void passesAReferencesJoinOnWithItselfAsRendezvous() {
        Packet passedOn = joinOf(ann, bobsWire, true);
        Join join = (Join) Body.of(passedOn);
        assertEquals(node.info().peerId(), join.rendezvousPeerId());
        assertEquals(NatType.UNRESTRICTED.wire(), join.rendezvousType());
        assertEquals(
                node.info().reflexive().orElseThrow(), Endpoint.of(join.rendezvousAddress(), join.rendezvousPort()));
        assertTrue(join.rendezvousDeadline() > 0);
        assertEquals(2, passedOn.hops());
        assertEquals(joinOf(ann, annsWire, false).packetId(), passedOn.packetId());
    }

    private static Packet joinOf(ReferencePeer peer, WireTap wire, boolean byNode) {
        Predicate<Packet> wanted = packet ->
                Body.of(packet) instanceof Join join && join.requester().equals(peer.id());
        List<WireTap.Heard> heard = wire.heard()
                .await(SOON, datagrams -> WireTap.packets(datagrams, byNode).anyMatch(wanted));
        return WireTap.packets(heard, byNode).filter(wanted).findFirst().orElseThrow();
    }

    @Test
    @Tag("case-22")
    void tellsAReferenceOfTheOtherWithTheTimeAndWhereItSeesIt() {
        Predicate<Packet> wanted = packet ->
                Body.of(packet) instanceof Intro intro && intro.requester().equals(bob.id());
        List<WireTap.Heard> heard = annsWire.heard()
                .await(SOON, datagrams -> WireTap.packets(datagrams, true).anyMatch(wanted));
        Packet packet = WireTap.packets(heard, true).filter(wanted).findFirst().orElseThrow();
        Intro intro = (Intro) Body.of(packet);
        assertEquals(node.info().peerId(), intro.responder());
        assertEquals(bobsWire.nodeSide(), Endpoint.of(intro.address(), intro.port()));
        assertTrue(new String(packet.copy(Field.USR1), StandardCharsets.US_ASCII).matches("\\d{13}"));
    }

    private static Map<Id, Packet> published(WireTap wire, boolean byNode) {
        return wire.packets(byNode)
                .filter(packet -> packet.type() == PacketType.PUBLISH)
                .collect(Collectors.toMap(Packet::packetId, Function.identity(), (first, again) -> first));
    }
}
