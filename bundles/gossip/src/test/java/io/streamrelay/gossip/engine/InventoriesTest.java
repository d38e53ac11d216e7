// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import org.junit.jupiter.api.Test;

/** How many syncs it takes two of our own nodes to find out what the other lacks. */
class InventoriesTest {

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node first = mesh.subscribed(1);
    private final TestMesh.Node second = mesh.subscribed(2);
    private int published;
    private int syncs;

    private void publish(TestMesh.Node node, int packets) {
        for (int count = 0; count < packets; count++) {
            published++;
            node.publish(published, TestPackets.sealed(published, 200));
        }
    }

    private void meet() {
        mesh.passes = (from, send) -> {
            boolean isSync = TestMesh.read(send.bytes()) instanceof Packet packet && packet.type() == PacketType.SYNC;
            syncs += isSync ? 1 : 0;
            return true;
        };
        second.lookFor(first);
        mesh.run(10_000);
    }

    @Test
    void wherePartsOfASmallStoreDifferAllOfItIsToldOfAtOnce() {
        publish(first, 40);
        publish(second, 40);
        meet();
        assertEquals(40, first.delivered.size());
        assertEquals(40, second.delivered.size());
        assertTrue(syncs <= 8, syncs + " syncs");
    }

    @Test
    void ofALargeOneThePartsThatDifferAre() {
        publish(first, 140);
        publish(second, 140);
        meet();
        assertEquals(140, first.delivered.size());
        assertEquals(140, second.delivered.size());
    }
}
