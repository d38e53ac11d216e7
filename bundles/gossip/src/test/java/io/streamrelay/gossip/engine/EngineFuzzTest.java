// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.streamrelay.api.Id;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.fuzz.Corpus;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Intro;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Pong;
import io.streamrelay.gossip.packet.QueryBody;
import io.streamrelay.gossip.packet.Splitter;
import io.streamrelay.gossip.packet.Summary;
import io.streamrelay.gossip.packet.SummaryTrie;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a connected node hears, in whatever order and from wherever: see {@link FuzzedMesh} for what must hold. */
class EngineFuzzTest {

    private static final int REFERENCE = 0;
    private static final int KIN = 1;
    private static final int STRANGER = 3;
    private static final int PUNCHED = 4;
    private static final Id REFERENCE_ID = TestPackets.filled(9);
    private static final Id STRANGER_ID = TestPackets.filled(77);
    private static final Id NODE_ID = TestPackets.filled(1);

    @FuzzTest(maxDuration = "1m")
    @Tag("case-40")
    @Tag("case-41")
    void script(byte[] bytes) {
        new Script(bytes).play(new FuzzedMesh());
    }

    @Test
    void beginsWithWhatPeersSay() throws IOException {
        Map<String, byte[]> seeds = new TreeMap<>();
        seeds.put("handshake", handshake());
        seeds.put("publications", publications());
        seeds.put("streams", streams());
        seeds.put("reconciliation", reconciliation());
        seeds.put("joins-and-intros", joinsAndIntros());
        seeds.put("queries", queries());
        seeds.put("commands", commands());
        seeds.put("other-sockets", otherSockets());
        Corpus.assertHolds(EngineFuzzTest.class, "script", seeds);
    }

    private static byte[] handshake() {
        Ping connection = Ping.builder(STRANGER_ID)
                .natType(31)
                .isConnection(true)
                .pingId("0123456789ab")
                .build();
        Ping reflection = Ping.builder(STRANGER_ID)
                .isReflection(true)
                .isProbe(true)
                .reflectionId("0123456789ab")
                .probeExternalPort(4_321)
                .build();
        Pong pong = Pong.builder(NODE_ID, STRANGER_ID)
                .natType(31)
                .isConnection(true)
                .pingId("000000000000")
                .reflectionId("000000000000")
                .port(19777)
                .address("10.0.0.1")
                .build();
        return new Script.Writer()
                .hears(STRANGER, packet(PacketType.PING, connection.toJson()))
                .hearsAnswer(STRANGER, packet(PacketType.PONG, pong.toJson()))
                .hears(STRANGER, packet(PacketType.PING, reflection.toJson()))
                .hears(REFERENCE, packet(PacketType.PING, connection.toJson()))
                .waits(6)
                .bytes();
    }

    private static byte[] publications() {
        Script.Writer script = new Script.Writer();
        for (Packet packet : TestPackets.published(TestPackets.CLUSTER, TestPackets.sealed(2, 1_500))) {
            script.hears(REFERENCE, packet);
        }
        return script.hears(KIN, TestPackets.single(3))
                .hears(
                        REFERENCE,
                        TestPackets.published(TestPackets.filled(0xfe), TestPackets.sealed(4, 100))
                                .get(0))
                .waits(4)
                .bytes();
    }

    private static byte[] streams() {
        Script.Writer script = new Script.Writer();
        for (Id to : List.of(NODE_ID, REFERENCE_ID)) {
            Packet.Builder header = Packet.builder(PacketType.STREAM)
                    .set(Field.CLUSTER, TestPackets.CLUSTER)
                    .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                    .set(Field.USR1, TestPackets.EVENT)
                    .set(Field.USR3, to)
                    .set(Field.USR4, TestPackets.filled(2));
            Splitter.split(header, TestPackets.sealed(5, 1_100), 9).forEach(packet -> script.hears(KIN, packet));
        }
        return script.waits(6).bytes();
    }

    private static byte[] reconciliation() {
        SummaryTrie trie = new SummaryTrie();
        trie.insert(TestPackets.single(3).packetId());
        trie.insert(TestPackets.single(4).packetId());
        return new Script.Writer()
                .hears(
                        REFERENCE,
                        packet(PacketType.SYNC, new SummaryTrie().summary("").encode()))
                .hears(KIN, packet(PacketType.SYNC, trie.summary("").encode()))
                .hears(
                        KIN,
                        packet(PacketType.SYNC, Summary.holding(REFERENCE_ID).encode()))
                .waits(5)
                .bytes();
    }

    private static byte[] joinsAndIntros() {
        Join join = Join.announcing(STRANGER_ID, 7, "203.0.113.9", 4_000, null);
        Join annotated = new Join(
                STRANGER_ID,
                31,
                "203.0.113.9",
                4_000,
                null,
                "203.0.113.8",
                5_000,
                31,
                REFERENCE_ID,
                9_999_999_999_999L,
                null,
                false);
        Intro symmetric = new Intro(STRANGER_ID, REFERENCE_ID, false, 5, "203.0.113.10", 6_000, null);
        Intro open = new Intro(TestPackets.filled(78), REFERENCE_ID, false, 31, "203.0.113.11", 6_000, null);
        return new Script.Writer()
                .hears(REFERENCE, packet(PacketType.JOIN, join.toJson()))
                .hears(REFERENCE, packet(PacketType.JOIN, annotated.toJson()))
                .hears(REFERENCE, packet(PacketType.INTRO, symmetric.toJson()))
                .hears(KIN, packet(PacketType.INTRO, open.toJson()))
                .waits(5)
                .bytes();
    }

    /** A traversal toward a symmetric NAT's opposite, and what comes to the sockets that it opens, and to the probe's. */
    private static byte[] otherSockets() {
        Intro restricted = new Intro(STRANGER_ID, REFERENCE_ID, false, 7, "203.0.113.7", 65_535, null);
        Pong pong = Pong.builder(NODE_ID, STRANGER_ID)
                .natType(7)
                .isConnection(true)
                .pingId("000000000000")
                .reflectionId("000000000000")
                .port(19_999)
                .address("10.0.0.1")
                .build();
        Packet answer = packet(PacketType.PONG, pong.toJson());
        return new Script.Writer()
                .hearsAnswerAt(SocketId.PROBE, REFERENCE, answer)
                .does(FuzzedMesh.Command.BECOME_SYMMETRIC, new byte[0])
                .hears(REFERENCE, packet(PacketType.INTRO, restricted.toJson()))
                .isPunchedAt(SocketId.pooled(0), PUNCHED)
                .hearsAnswerAt(SocketId.pooled(0), PUNCHED, answer)
                .hearsAnswerAt(SocketId.pooled(SocketId.POOL_MAX - 1), PUNCHED, answer)
                .hearsAnswerAt(SocketId.PROBE, PUNCHED, answer)
                .waits(6)
                .bytes();
    }

    private static byte[] queries() {
        Packet question = Packet.builder(PacketType.QUERY)
                .set(Field.USR3, TestPackets.filled(0x99))
                .set(Field.USR4, new byte[] {'1'})
                .message(new QueryBody(TestPackets.single(3).packetId()).toJson())
                .build();
        Packet answer = Packet.builder(PacketType.QUERY)
                .set(Field.USR3, TestPackets.filled(0x99))
                .set(Field.USR4, new byte[] {'2'})
                .message(new byte[] {'7'})
                .build();
        return new Script.Writer()
                .hears(KIN, TestPackets.single(3))
                .hears(REFERENCE, question)
                .hears(KIN, answer)
                .bytes();
    }

    private static byte[] commands() {
        Script.Writer script = new Script.Writer();
        for (FuzzedMesh.Command command : FuzzedMesh.Command.values()) {
            script.does(command, TestPackets.sealed(6, 300));
        }
        return script.waits(7).bytes();
    }

    private static Packet packet(PacketType type, byte[] body) {
        return Packet.builder(type)
                .hops(1)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .message(body)
                .build();
    }
}
