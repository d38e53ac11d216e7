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
    @Tag("case-47")
    void restoredPacketsAreOfferedAgain() {
        TestMesh.Node before = mesh.subscribed(1);
        before.publish(1, sealed(1));
        Packet packet = TestPackets.single(8);
        TestMesh.Node restored = mesh.start(2);
        restored.give(new Event.Restored(
                List.of(
                        new StoredPacket(packet.packetId(), packet.bytes(), true, 0, 60_000),
                        new StoredPacket(
                                TestPackets.single(9).packetId(),
                                TestPackets.single(9).bytes(),
                                true,
                                60_000,
                                60_000)),
                List.of(new StoredPeer(before.id, before.endpoint))));
        mesh.run(5_000);
        assertTrue(before.knows(restored));
        assertTrue(before.delivered.stream().anyMatch(seen -> seen.packetId().equals(packet.packetId())));
        assertEquals(2, restored.engine.cachedPackets());
    }
}
