// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.store.StoredPeer;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes wrong after a while, or when somebody wants it to. */
class EnduranceTest {

    private static final int SMALL_CACHE_BYTES = 200 * 1_000;

    private final TestMesh mesh = new TestMesh();

    private void publish(TestMesh.Node node, int from, int count) {
        for (int seed = from; seed < from + count; seed++) {
            node.publish(seed, TestPackets.sealed(seed, 360));
        }
    }

    @Test
    void aReceiverWhoseCacheIsFullStillGetsWhatAReturningSenderHas() {
        mesh.carriedBytesMax = SMALL_CACHE_BYTES;
        TestMesh.Node receiver = mesh.subscribed(1);
        TestMesh.Node busy = mesh.subscribed(2, receiver);
        TestMesh.Node returning = mesh.subscribed(3, receiver);
        mesh.run(1_000);
        mesh.passes = (from, send) -> from != returning && !send.to().equals(returning.endpoint);
        publish(returning, 10_000, 100);
        for (int second = 0; second < 300; second++) {
            publish(busy, second * 4, 4);
            mesh.run(1_000);
        }
        int before = receiver.delivered.size();
        mesh.passes = (from, send) -> true;
        mesh.run(60_000);
        assertEquals(before + 100, receiver.delivered.size());
        assertEquals(0, returning.engine.backlogBytes());
    }

    /** A link that dies without a word: what was sent into it has not been passed on. */
    @Test
    void whatWasSentIntoADeadLinkIsKeptWhateverTheCacheHolds() {
        mesh.carriedBytesMax = SMALL_CACHE_BYTES;
        TestMesh.Node sender = mesh.subscribed(1);
        TestMesh.Node receiver = mesh.subscribed(2, sender);
        mesh.run(1_000);
        mesh.passes = (from, send) -> false;
        publish(sender, 1, 2_000);
        mesh.run(30_000);
        assertTrue(sender.engine.backlogBytes() > 2_000 * 360);
        mesh.passes = (from, send) -> true;
        mesh.run(60_000);
        assertEquals(2_000, receiver.delivered.size());
        // The receiver has let most of them go again, and says that it had them when they are offered once more.
        mesh.run(600_000);
        assertEquals(0, sender.engine.backlogBytes());
    }

    @Test
    void peersThatHoldDifferentAmountsCompareEverMoreRarely() {
        TestMesh.Node large = mesh.subscribed(1);
        mesh.carriedBytesMax = SMALL_CACHE_BYTES;
        TestMesh.Node small = mesh.subscribed(2, large);
        mesh.run(1_000);
        publish(large, 1, 2_000);
        mesh.run(600_000);
        assertEquals(2_000, small.delivered.size());
        long before = mesh.sentBytes;
        mesh.run(600_000);
        long bytesPerSecond = (mesh.sentBytes - before) / 600;
        assertTrue(bytesPerSecond < 8_000, bytesPerSecond + " bytes/s");
    }

    @Test
    void messagesOfOneSizeInOneMillisecondAreDifferentMessages() {
        TestMesh.Node first = mesh.subscribed(1);
        TestMesh.Node second = mesh.subscribed(2, first);
        mesh.run(1_000);
        for (int seed = 1; seed <= 20; seed++) {
            first.publish(seed, TestPackets.sealed(seed, 20_160));
            second.publish(seed, TestPackets.sealed(100 + seed, 20_160));
        }
        mesh.run(5_000);
        assertEquals(20, first.delivered.size());
        assertEquals(20, second.delivered.size());
    }

    /** Anybody who has seen a head can make another first fragment whose id is right. */
    @Test
    void aFragmentThatTheHeadDoesNotNameIsRefused() {
        TestMesh.Node sender = mesh.subscribed(1);
        TestMesh.Node receiver = mesh.subscribed(2, sender);
        mesh.run(1_000);
        List<Packet> genuine = TestPackets.published(TestPackets.CLUSTER, TestPackets.sealed(1, 3_000));
        Packet forged = forgedFirstFragment(genuine.get(0));
        mesh.inject(sender.endpoint, receiver, forged.withHops(1));
        genuine.forEach(packet -> mesh.inject(sender.endpoint, receiver, packet.withHops(1)));
        mesh.run(100);
        assertEquals(1, receiver.drops(DropReason.ID_MISMATCH));
        assertArrayEquals(
                TestPackets.sealed(1, 3_000), receiver.delivered.get(0).sealed());
    }

    private static Packet forgedFirstFragment(Packet head) {
        byte[] content = TestPackets.sealed(666, 1_024);
        return Packet.builder(PacketType.PUBLISH)
                .index(1)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .set(Field.PREVIOUS, head.packetId())
                .set(Field.PACKET, TestPackets.fragmentId(head.packetId(), content))
                .message(content)
                .build();
    }

    /** A peer that answers but does not connect, such as one whose table is full, is not asked at line speed. */
    @Test
    void anAnswerThatIsNoConnectionIsNotAReasonToAskAtOnce() {
        TestMesh.Node full = mesh.start(1);
        for (int peer = 2; peer < 2 + 3; peer++) {
            mesh.subscribed(peer, full);
        }
        mesh.passes = (from, send) -> from == full || send.bytes()[4] == PacketType.PING.wire();
        TestMesh.Node refused = mesh.start(50, full);
        long before = mesh.sent;
        mesh.passes = (from, send) -> !(from == full
                && send.to().equals(refused.endpoint)
                && new String(send.bytes()).contains("\"isConnection\":true"));
        mesh.run(60_000);
        assertFalse(refused.knows(full));
        assertTrue(mesh.sent - before < 500, "sent " + (mesh.sent - before));
    }

    @Test
    void deadPeersOfThePastDoNotKeepTheConfiguredOneOut() {
        TestMesh.Node alive = mesh.subscribed(1);
        TestMesh.Node node = mesh.start(2);
        List<StoredPeer> dead = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            dead.add(new StoredPeer(TestPackets.filled(i), Endpoint.of("10.1.1." + i, 19777)));
        }
        node.give(new Event.Restored(List.of(), new long[0], dead));
        node.give(new Event.Configured(
                EngineConfig.of(node.id, TestPackets.CLUSTER, List.of(alive.endpoint.toString()))));
        mesh.run(5_000);
        assertTrue(node.knows(alive));
    }

    @Test
    void knownPeersTakeTurnsUntilTheOneThatIsThereIsFound() {
        TestMesh.Node alive = mesh.subscribed(1);
        TestMesh.Node node = mesh.start(2);
        List<StoredPeer> known = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            known.add(new StoredPeer(TestPackets.filled(100 + i), Endpoint.of("10.1.1." + i, 19777)));
        }
        known.add(new StoredPeer(alive.id, alive.endpoint));
        node.give(new Event.Restored(List.of(), new long[0], known));
        mesh.run(600_000);
        assertTrue(node.knows(alive));
    }

    @Test
    void twoViewsOfOurAddressDoNotTakeTurns() {
        TestMesh.Node first = mesh.subscribed(1);
        TestMesh.Node second = mesh.subscribed(2);
        TestMesh.Node seen = mesh.start(3, first, second);
        // One of the two sees it behind a NAT.
        mesh.rewrite = (from, bytes) -> from == second ? TestPackets.withPortInPong(bytes, 14_711) : bytes;
        seen.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        mesh.run(600_000);
        long changes = seen.observations.stream()
                .filter(Observation.SelfChanged.class::isInstance)
                .count();
        assertTrue(changes <= 2, changes + " changes");
    }

    @Test
    void subscribingAgainAndAgainDoesNotMultiplyAnnouncements() {
        TestMesh.Node first = mesh.subscribed(1);
        TestMesh.Node second = mesh.subscribed(2, first);
        mesh.run(1_000);
        for (int i = 0; i < 50; i++) {
            second.give(new Event.Unsubscribe(TestPackets.SUBCLUSTER));
            second.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        }
        mesh.run(60_000);
        long[] joins = {0};
        mesh.passes = (from, send) -> {
            joins[0] += send.bytes()[4] == PacketType.JOIN.wire() ? 1 : 0;
            return true;
        };
        mesh.run(3_600_000);
        assertTrue(joins[0] < 60, joins[0] + " joins in an hour");
    }
}
