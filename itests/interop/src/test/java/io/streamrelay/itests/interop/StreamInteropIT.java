// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.Received;
import io.streamrelay.api.RemotePeer;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketIds;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Splitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams between our node and reference peers, and through our node. */
class StreamInteropIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CLUSTER = "streams";
    private static final String EVENT = "e";
    private static final byte[] KEY = new byte[32];
    private static final int STREAM = 6;

    @TempDir
    Path folder;

    private StreamRelay node;
    private Endpoint nodeEndpoint;
    private final Journal<RemotePeer> joined = new Journal<>();
    private final Journal<Received> streamed = new Journal<>();
    private final List<ReferencePeer> references = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        node = LoopbackNode.open(folder, CLUSTER);
        nodeEndpoint = LoopbackNode.endpoint(node);
        Subcluster subcluster = node.subcluster(SubclusterOptions.of("s", SharedKey.ofBytes(KEY)));
        subcluster.onJoin(peer -> {
            peer.on(EVENT, streamed::add);
            joined.add(peer);
        });
    }

    @AfterEach
    void close() {
        node.close();
        List<String> crashes =
                references.stream().flatMap(peer -> peer.crashes().stream()).toList();
        references.forEach(ReferencePeer::close);
        assertEquals(List.of(), crashes, "what we send must not make the reference throw");
    }

    private ReferencePeer member() {
        ReferencePeer peer = ReferencePeer.inCluster(CLUSTER);
        references.add(peer);
        peer.subcluster("s", KEY);
        peer.on("s", EVENT);
        peer.watch(STREAM);
        peer.connect(nodeEndpoint, "s");
        peer.awaitJoin(node.info().peerId(), SOON);
        return peer;
    }

    private RemotePeer handle(ReferencePeer peer) {
        return joined
                .await(SOON, peers -> peers.stream().anyMatch(one -> one.id().equals(peer.id())))
                .stream()
                .filter(one -> one.id().equals(peer.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Tag("case-28")
    void theReferenceGetsOurStreamsWholeAndKnowsTheirEnds() {
        ReferencePeer reference = member();
        Payloads payloads = Payloads.ofSizes(100, 3_000, 20_000);
        payloads.all().forEach(payload -> handle(reference).emit(EVENT, payload));
        List<ReferenceMessage> heard = reference.awaitMessages(SOON, messages -> messages.size() == 3);
        payloads.assertEachOnce(heard.stream().map(ReferenceMessage::payload).toList());
        assertTrue(heard.stream().allMatch(ReferenceMessage::streamed));
        for (ReferencePacket packet : reference.awaitPackets(SOON, packets -> true)) {
            assertArrayEquals(reference.id().bytes(), packet.usr3());
            assertArrayEquals(node.info().peerId().bytes(), packet.usr4());
        }
    }

    /** A socket buffer of the usual 208 kB holds a third of it: it must not leave at once. */
    @Test
    @Tag("case-28")
    void aStreamOfManyPacketsDoesNotOverrunTheReference() {
        ReferencePeer reference = member();
        reference.watch();
        Payloads payloads = Payloads.ofSizes(400_000);
        handle(reference).emit(EVENT, payloads.all().get(0));
        List<ReferenceMessage> heard = reference.awaitMessages(SOON, messages -> !messages.isEmpty());
        payloads.assertEachOnce(heard.stream().map(ReferenceMessage::payload).toList());
    }

    @Test
    @Tag("case-28")
    void weGetTheStreamsOfTwoReferencesAtOnce() {
        List<ReferencePeer> senders = List.of(member(), member());
        senders.forEach(this::handle);
        Payloads payloads = Payloads.ofSizes(3_000, 20_000);
        for (int i = 0; i < 2; i++) {
            senders.get(i).stream(
                    "s", node.info().peerId(), EVENT, payloads.all().get(i));
        }
        List<Received> heard = streamed.await(SOON, messages -> messages.size() == 2);
        payloads.assertEachOnce(
                heard.stream().map(received -> received.message().payload()).toList());
    }

    private static List<Packet> stream(Id to, Id from, byte[] payload) {
        Sealer sealer = new BouncyKeyRing().sealer(KEY);
        Packet.Builder header = Packet.builder(PacketType.STREAM)
                .hops(1)
                .set(Field.CLUSTER, sha256(CLUSTER))
                .set(Field.SUBCLUSTER, sealer.subclusterId())
                .set(Field.USR1, sha256(EVENT))
                .set(Field.USR3, to)
                .set(Field.USR4, from);
        return Splitter.split(header, sealer.seal(payload), System.currentTimeMillis());
    }

    private static Id sha256(String text) {
        try {
            return Id.of(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Tag("case-29")
    void aStreamForAnotherReferenceIsPassedOnWithOneHopMore() {
        ReferencePeer ann = member();
        ReferencePeer bob = member();
        // Bob takes streams of peers that he knows alone.
        ann.connect(bob.endpoint(), "s");
        bob.awaitConnection(ann.id(), SOON);
        Payloads payloads = Payloads.ofSizes(3_000);
        stream(bob.id(), ann.id(), payloads.all().get(0)).forEach(packet -> ann.raw(nodeEndpoint, packet.bytes()));
        List<ReferenceMessage> heard = bob.awaitMessages(SOON, messages -> !messages.isEmpty());
        payloads.assertEachOnce(heard.stream().map(ReferenceMessage::payload).toList());
        assertTrue(bob.awaitPackets(SOON, packets -> true).stream().allMatch(packet -> packet.hops() == 2));
    }

    @Test
    @Tag("case-30")
    void aStreamForNobodyKnownGoesNowhere() {
        ReferencePeer ann = member();
        ReferencePeer bob = member();
        Id nobody = sha256("nobody");
        stream(nobody, ann.id(), new byte[100]).forEach(packet -> ann.raw(nodeEndpoint, packet.bytes()));
        Payloads payloads = Payloads.ofSizes(100);
        handle(bob).emit(EVENT, payloads.all().get(0));
        bob.awaitMessages(SOON, messages -> !messages.isEmpty());
        assertEquals(1, bob.awaitPackets(SOON, packets -> true).size());
        assertEquals(1, node.counters().get("drop.no-route"));
    }

    /** Protocol-v6 D45: with two reference peers such a stream goes round for ever. */
    @Test
    @Tag("case-44")
    void aStreamThatAForgeryLeadsBackToUsEndsHere() throws IOException {
        ReferencePeer reference = ReferencePeer.inCluster(CLUSTER);
        references.add(reference);
        try (WireTap wire = WireTap.toPeer(reference.endpoint());
                StreamRelay other = LoopbackNode.open(
                        folder.resolve("other"), CLUSTER, wire.nodeSide().toString())) {
            reference.awaitConnection(other.info().peerId(), SOON);
            Id nobody = sha256("nobody");
            wire.forge(Packet.builder(PacketType.PING)
                    .set(Field.CLUSTER, sha256(CLUSTER))
                    .message(Ping.builder(nobody)
                            .natType(NatType.UNRESTRICTED.wire())
                            .isConnection(true)
                            .build()
                            .toJson())
                    .build()
                    .bytes());
            reference.awaitConnection(nobody, SOON);
            byte[] message = new byte[100];
            Packet stream = Packet.builder(PacketType.STREAM)
                    .set(Field.CLUSTER, sha256(CLUSTER))
                    .set(Field.SUBCLUSTER, sha256("any"))
                    .set(Field.USR3, nobody)
                    .set(Field.USR4, sha256("somebody"))
                    .set(Field.PACKET, PacketIds.ofMessage(message))
                    .message(message)
                    .build();
            for (int i = 0; i < 3; i++) {
                wire.forge(stream.bytes());
            }
            Eventually.holds("they end", SOON, () -> other.counters().getOrDefault("drop.no-route", 0L) == 3);
            assertEquals(3, streams(wire, false));
            assertEquals(0, streams(wire, true));
        }
    }

    private static long streams(WireTap wire, boolean ofNode) {
        return wire.packets(ofNode)
                .filter(packet -> packet.type() == PacketType.STREAM)
                .count();
    }
}
