// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Summary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A reference peer sends a message of 20 kB, and not all of it arrives. */
class MissingFragmentsTest {

    private static final byte[] SEALED = TestPackets.sealed(1, 20_160);

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node node = mesh.subscribed(1);
    private final ScriptedReference reference = new ScriptedReference(mesh, node, 9);
    private final List<Packet> packets = TestPackets.published(TestPackets.CLUSTER, SEALED);

    MissingFragmentsTest() {
        reference.connect(mesh.wallAheadMs);
        mesh.run(1_000);
        reference.received.clear();
    }

    private void send(Packet packet) {
        mesh.inject(reference.endpoint, node, packet.withHops(1));
    }

    /** The prefixes, all but whole ids, that it was asked about. */
    private List<String> asked() {
        List<String> prefixes = reference.received(PacketType.SYNC).stream()
                .map(packet -> ((Summary) Body.of(packet)).prefix())
                .filter(prefix -> prefix.length() == 2 * Id.BYTES - 1)
                .toList();
        return prefixes;
    }

    private static String prefix(Packet packet) {
        return packet.packetId().hex().substring(0, 2 * Id.BYTES - 1);
    }

    @Test
    void asksForTheFirstOfEachGapWhenNothingMoreComes() {
        for (Packet packet : packets) {
            if (packet.index() != 3 && packet.index() != 4 && packet.index() != 9 && packet.index() != 20) {
                send(packet);
            }
        }
        mesh.run(Timing.FRAGMENTS_QUIET_MS - 50);
        assertEquals(List.of(), asked());
        mesh.run(100);
        assertEquals(List.of(prefix(packets.get(3)), prefix(packets.get(9)), prefix(packets.get(20))), asked());
        List.of(3, 9, 20).forEach(index -> send(packets.get(index)));
        reference.received.clear();
        mesh.run(Timing.FRAGMENTS_QUIET_MS + 100);
        assertEquals(List.of(prefix(packets.get(4))), asked());
        send(packets.get(4));
        mesh.run(1);
        assertArrayEquals(SEALED, node.delivered.get(0).sealed());
        reference.received.clear();
        mesh.run(60_000);
        assertEquals(List.of(), asked());
    }

    @Test
    void asksForAHeadThatDidNotCome() {
        packets.subList(1, packets.size()).forEach(this::send);
        mesh.run(Timing.FRAGMENTS_QUIET_MS + 50);
        assertEquals(List.of(prefix(packets.get(0))), asked());
    }

    /** The reference ignores a packet id that it has seen within its tick. */
    @Test
    void asksAgainEverMoreRarelyWithOtherPacketIdsAndGivesUp() {
        packets.subList(0, 20).forEach(this::send);
        mesh.run(120_000);
        assertEquals(Limits.HUNT_ATTEMPTS_MAX, asked().size());
        List<Packet> syncs = reference.received(PacketType.SYNC);
        Set<Id> ids = new HashSet<>();
        syncs.forEach(sync -> ids.add(sync.packetId()));
        assertEquals(syncs.size(), ids.size());
    }

    @Test
    void asksForNoMoreMessagesAtOnceThanItsLimit() {
        for (int seed = 0; seed <= Limits.HUNTS_MAX; seed++) {
            send(TestPackets.published(TestPackets.CLUSTER, TestPackets.sealed(seed, 2_000 + seed))
                    .get(0));
        }
        mesh.run(Timing.FRAGMENTS_QUIET_MS + 50);
        assertEquals(Limits.HUNTS_MAX, asked().size());
    }

    @Test
    void asksForAFewFragmentsAtATime() {
        byte[] large = TestPackets.sealed(2, 200_000);
        TestPackets.published(TestPackets.CLUSTER, large).stream()
                .filter(packet -> packet.index() % 2 == 0)
                .forEach(this::send);
        mesh.run(Timing.FRAGMENTS_QUIET_MS + 50);
        assertEquals(Limits.FRAGMENTS_ASKED_MAX, asked().size());
    }

    /** It answers as the reference does: with the packet, when it has one under that prefix. */
    @Test
    void aMessageIsWholeWithinSecondsWhenThreeInTenAreLost() {
        Random chance = new Random(3);
        packets.stream().filter(packet -> chance.nextInt(10) >= 3).forEach(this::send);
        long startMs = mesh.nowMs;
        while (node.delivered.isEmpty() && mesh.nowMs - startMs < 60_000) {
            mesh.run(50);
            List<String> asked = new ArrayList<>(asked());
            reference.received.clear();
            asked.removeIf(lost -> chance.nextInt(10) < 3);
            packets.stream()
                    .filter(packet -> asked.contains(prefix(packet)) && chance.nextInt(10) >= 3)
                    .forEach(this::send);
        }
        assertArrayEquals(SEALED, node.delivered.get(0).sealed());
        assertTrue(mesh.nowMs - startMs < 10_000, mesh.nowMs - startMs + " ms");
    }
}
