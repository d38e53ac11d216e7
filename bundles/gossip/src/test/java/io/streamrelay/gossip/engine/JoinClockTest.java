// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JoinClockTest {

    @Test
    @Tag("case-47")
    void goesOnAfterARestart() {
        TestMesh mesh = new TestMesh();
        ScriptedPeer peer = new ScriptedPeer(mesh, 1, NatType.UNRESTRICTED, false);
        long last = 0;
        for (mesh.epoch = 1; mesh.epoch < 4; mesh.epoch++) {
            TestMesh.Node node = mesh.member(1, NatType.UNRESTRICTED, List.of(peer.endpoint.toString()));
            mesh.run(300_000);
            List<Long> clocks =
                    peer.received(PacketType.JOIN).stream().map(Packet::clock).toList();
            assertTrue(clocks.size() > 2, "joins with clocks " + clocks);
            for (long clock : clocks) {
                assertTrue(clock > last, clock + " after " + last);
                last = clock;
            }
            peer.received.clear();
            mesh.stop(node);
        }
    }

    @Test
    void standsStillRatherThanRunIntoTheNextEpoch() {
        JoinClock clock = new JoinClock(7);
        long last = 0;
        for (int i = 0; i < 70_000; i++) {
            long next = clock.next();
            assertTrue(next >= last);
            last = next;
        }
        assertTrue(new JoinClock(8).next() > last);
    }

    @Test
    void fitsIntoItsFieldAndLeavesOutWhatTheReferenceCannotWrite() {
        JoinClock late = new JoinClock(1L << 40);
        for (int i = 0; i < 70_000; i++) {
            late.next();
        }
        assertEquals(0xffff_ffffL, late.next());
        JoinClock odd = new JoinClock(2_000_000_000 >> 16);
        for (int i = 0; i < 70_000; i++) {
            assertNotEquals(2_000_000_000, odd.next());
        }
    }
}
