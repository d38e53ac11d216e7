// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Refusal;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.store.StoredPeer;
import io.streamrelay.gossip.packet.Packet;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the engine makes of its store's answers, and of what it finds there at its start. */
class EngineStoreTest {

    private final TestMesh mesh = new TestMesh();

    private static byte[] sealed(int seed) {
        return TestPackets.sealed(seed, 360);
    }

    @Test
    void acceptsAPublicationOnlyWhenItIsCommitted() {
        TestMesh.Node node = mesh.subscribed(1);
        List<Action> actions =
                node.engine.handle(new Event.Publish(7, TestMesh.message(sealed(1))), new Now(mesh.nowMs, 0));
        assertEquals(1, actions.size());
        assertInstanceOf(Action.Persist.class, actions.get(0));

        actions = node.engine.handle(new Event.Committed(7), new Now(mesh.nowMs, 0));
        assertTrue(actions.stream().anyMatch(action -> action instanceof Action.Accepted done && done.token() == 7));
    }

    @Test
    void refusesWhatTheStoreCouldNotCommit() {
        TestMesh.Node node = mesh.subscribed(1);
        node.engine.handle(new Event.Publish(7, TestMesh.message(sealed(1))), new Now(mesh.nowMs, 0));
        node.give(new Event.CommitFailed(7, "disk full"));
        assertEquals(List.of(new Action.Refused(7, Refusal.STORE_FAILED, "disk full")), node.answers);
        assertEquals(0, node.engine.cachedPackets());
    }

    @Test
    void saysWhenNothingOfWhatItRefusesIsOnDisk() {
        TestMesh.Node node = mesh.subscribed(1);
        node.engine.handle(new Event.Publish(7, TestMesh.message(sealed(1))), new Now(mesh.nowMs, 0));
        node.give(new Event.CommitFailed(7, "disk full", true));
        assertEquals(List.of(new Action.Refused(7, Refusal.STORE_FULL, "disk full")), node.answers);
    }

    @Test
    @Tag("case-47")
    void restoredPacketsAreOfferedAgain() {
        TestMesh.Node before = mesh.subscribed(1);
        before.publish(1, sealed(1));
        Packet packet = TestPackets.single(8);
        TestMesh.Node restored = mesh.start(2);
        restored.give(new Event.Restored(
                List.of(
                        StoredPacket.fresh(packet.packetId(), packet.bytes(), true, 0, 60_000),
                        StoredPacket.fresh(
                                TestPackets.single(9).packetId(),
                                TestPackets.single(9).bytes(),
                                true,
                                60_000,
                                60_000)),
                new long[0],
                List.of(new StoredPeer(before.id, before.endpoint))));
        mesh.run(5_000);
        assertTrue(before.knows(restored));
        assertTrue(before.delivered.stream().anyMatch(seen -> seen.packetId().equals(packet.packetId())));
        assertEquals(2, restored.engine.cachedPackets());
    }

    @Test
    void whatWasDeliveredIsNotDeliveredAgainAfterARestart() {
        Packet delivered = TestPackets.single(1);
        Packet waiting = TestPackets.single(2);
        TestMesh.Node node = mesh.start(1);
        node.give(new Event.Restored(
                List.of(
                        new StoredPacket(delivered.packetId(), delivered.bytes(), false, false, true, 5, 60_000),
                        StoredPacket.fresh(waiting.packetId(), waiting.bytes(), false, 5, 60_000)),
                new long[0],
                List.of()));
        node.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        assertEquals(
                List.of(waiting.packetId()),
                node.delivered.stream().map(Action.Incoming::packetId).toList());
    }

    @Test
    @Tag("case-46")
    void whatWasSeenBeforeARestartIsNotTakenAgain() {
        Packet old = TestPackets.single(1);
        TestMesh.Node node = mesh.start(1);
        node.give(new Event.Restored(
                List.of(), new long[] {ByteBuffer.wrap(old.packetId().bytes()).getLong()}, List.of()));
        node.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        TestMesh.Node other = mesh.subscribed(2, node);
        mesh.run(1_000);
        mesh.inject(other.endpoint, node, old.withHops(1));
        mesh.run(1_000);
        assertEquals(0, node.engine.cachedPackets());
        assertTrue(node.delivered.isEmpty());
    }

    @Test
    void aPacketIsAsOldForWhoComesLateAndEndsEverywhereAtOnce() {
        TestMesh.Node sender = mesh.subscribed(1);
        TestMesh.Node carrier = mesh.subscribed(2, sender);
        mesh.run(1_000);
        sender.publish(1, TestPackets.sealed(1, 300));
        mesh.run(600_000);
        TestMesh.Node late = mesh.subscribed(3, carrier);
        mesh.run(10_000);
        long ageMs = late.delivered.get(0).ageMs();
        assertTrue(ageMs >= 600_000 && ageMs <= 611_000, "it is " + ageMs + " ms old");

        mesh.run(21_600_000 - 612_000);
        assertEquals(3, sender.engine.cachedPackets() + carrier.engine.cachedPackets() + late.engine.cachedPackets());
        mesh.run(3_000);
        assertEquals(0, sender.engine.cachedPackets() + carrier.engine.cachedPackets() + late.engine.cachedPackets());
    }
}
