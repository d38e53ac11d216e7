// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.node.StreamRelayNode;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Intro;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.PeerIds;
import io.streamrelay.gossip.packet.Ping;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joins that a reference peer, which everybody can reach, passes on to our node. */
class JoinInteropIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CLUSTER = "joins";
    private static final byte[] KEY = new byte[32];

    @TempDir
    Path folder;

    private ReferencePeer relay;
    private WireTap wire;
    private StreamRelayNode node;

    @BeforeEach
    void open() throws IOException {
        relay = ReferencePeer.inCluster(CLUSTER);
        wire = WireTap.toPeer(relay.endpoint());
        node = member("node", wire.nodeSide());
    }

    private StreamRelayNode member(String name, Endpoint peer) throws IOException {
        StreamRelayNode member = LoopbackNode.open(folder.resolve(name), CLUSTER, peer.toString());
        member.subcluster(SubclusterOptions.of("s", SharedKey.ofBytes(KEY)));
        relay.awaitConnection(member.info().peerId(), SOON);
        return member;
    }

    @AfterEach
    void close() {
        node.close();
        List<String> crashes = relay.crashes();
        relay.close();
        wire.close();
        assertEquals(List.of(), crashes);
    }

    private Packet awaitJoin(boolean ofNode, Predicate<Join> wanted) {
        Predicate<Packet> isWanted = packet -> Body.of(packet) instanceof Join join && wanted.test(join);
        List<WireTap.Heard> heard = wire.heard()
                .await(SOON, datagrams -> WireTap.packets(datagrams, ofNode).anyMatch(isWanted));
        return WireTap.packets(heard, ofNode).filter(isWanted).findFirst().orElseThrow();
    }

    /** The reference leaves alone what it does not use; so a signature reaches whom its sender cannot. */
    @Test
    void whatWeSignIsStillSignedWhenTheReferenceHasAddedItselfAndPassedItOn() throws IOException {
        try (StreamRelay other = member("other", relay.endpoint())) {
            Id joiner = other.info().peerId();
            Packet packet = awaitJoin(false, join -> join.requester().equals(joiner));
            Join join = (Join) Body.of(packet);
            assertEquals(relay.id(), join.rendezvousPeerId());
            assertTrue(packet.hops() > 1);
            assertEquals(joiner, PeerIds.of(packet.id(Field.USR2)));
            assertTrue(isSigned(packet, join));
            Join moved = Join.announcing(joiner, join.natType(), join.address(), join.port() + 1, join.key());
            assertFalse(isSigned(packet, moved));
        }
    }

    /** By the text that TRUST.md describes. */
    private static boolean isSigned(Packet packet, Join join) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(ascii("streamrelay/1"));
        text.write(PacketType.JOIN.wire());
        for (Field field : List.of(Field.CLUSTER, Field.SUBCLUSTER, Field.USR1, Field.USR3)) {
            text.write(packet.length(field));
            text.writeBytes(packet.copy(field));
        }
        text.writeBytes(ascii(String.join(
                "\n",
                join.requester().hex(),
                join.natType().toString(),
                join.address(),
                join.port().toString(),
                join.key(),
                "null")));
        return new BouncyKeyRing().verify(text.toByteArray(), packet.copy(Field.SIG), packet.copy(Field.USR2));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The two are kept from meeting before: the reference introduces them, too. */
    @Test
    @Tag("case-21")
    void asksTheReferenceAsRendezvousForTheOneThatJoinsOnce() {
        try (ReferencePeer joiner = ReferencePeer.inCluster(CLUSTER)) {
            wire.letPass(datagram -> datagram.fromNode() || !introduces(datagram.packet(), joiner.id()));
            joiner.connect(relay.endpoint(), null);
            joiner.subcluster("s", KEY);
            Packet annotated = awaitJoin(false, join -> join.requester().equals(joiner.id()));
            assertNotNull(((Join) Body.of(annotated)).rendezvousDeadline());
            Packet packet = awaitJoin(true, join -> join.rendezvousRequesterPeerId() != null);
            Join join = (Join) Body.of(packet);
            assertEquals(0, packet.hops());
            assertEquals(annotated.id(Field.CLUSTER), packet.id(Field.CLUSTER));
            assertEquals(annotated.id(Field.SUBCLUSTER), packet.id(Field.SUBCLUSTER));
            assertEquals(node.info().peerId(), join.requester());
            assertEquals(joiner.id(), join.rendezvousRequesterPeerId());
            assertEquals(relay.id(), join.rendezvousPeerId());
            assertEquals(NatType.UNRESTRICTED.wire(), join.rendezvousType());
            wire.letPass(datagram -> true);
            joiner.awaitConnection(node.info().peerId(), SOON);
            long asked = wire.packets(true)
                    .filter(one -> Body.of(one) instanceof Join other && other.rendezvousRequesterPeerId() != null)
                    .count();
            assertEquals(1, asked);
            assertEquals(List.of(), joiner.crashes());
        }
    }

    private static boolean introduces(Packet packet, Id joiner) {
        Body body = Body.of(packet);
        return body instanceof Intro
                || body instanceof Ping ping && ping.requester().equals(joiner);
    }
}
