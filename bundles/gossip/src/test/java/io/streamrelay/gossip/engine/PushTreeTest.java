// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Receipt;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushTreeTest {

    private final PeerTable peers = new PeerTable();
    private final PushTree tree = new PushTree();
    private final Peer first = peer(1);
    private final Peer second = peer(2);
    private final Peer third = peer(3);
    private long nowMs = 1_000_000;
    private int packets;

    private Peer peer(int number) {
        Endpoint at = new Endpoint(0x14010000 + number, 4_000);
        Peer peer = new Peer(TestPackets.numbered(number), Path.main(at), 31, true, "0123456789ab", 0);
        peers.add(peer);
        return peer;
    }

    private static CachedPacket packet(int number, Id subcluster, Peer bringer) {
        return packet(number, subcluster, bringer, number);
    }

    private static CachedPacket packet(int number, Id subcluster, Peer bringer, long origin) {
        CachedPacket packet = CachedPacket.arrived(
                Packet.builder(PacketType.PUBLISH)
                        .set(Field.CLUSTER, TestPackets.CLUSTER)
                        .set(Field.SUBCLUSTER, subcluster)
                        .set(Field.USR3, new AgeStamp(1, false, 0, 60_000, origin).toBytes())
                        .message(TestPackets.sealed(number, 300))
                        .build(),
                0);
        packet.broughtBy(bringer.id());
        return packet;
    }

    /** Each is of another node. */
    private CachedPacket comes(Peer from) {
        return comes(from, ++packets);
    }

    private CachedPacket comes(Peer from, long origin) {
        CachedPacket packet = packet(++packets, TestPackets.SUBCLUSTER, from, origin);
        tree.isNew(packet, nowMs);
        tree.cameFirst(from, false, nowMs);
        return packet;
    }

    /** @return whether it asks for more of them */
    private boolean isMended(Peer by) {
        tree.isNew(packet(++packets, TestPackets.SUBCLUSTER, by), nowMs);
        return tree.cameFirst(by, true, nowMs);
    }

    private List<Peer> eager() {
        return tree.eager(peers, null);
    }

    @Test
    void whoWasFirstIsEagerAndWhoWasSecondLazy() {
        CachedPacket packet = comes(first);
        assertTrue(tree.cameAgain(packet, second, nowMs));
        assertEquals(List.of(first), eager());
        assertFalse(tree.isUntried(second));
        assertTrue(tree.isUntried(third));
    }

    @Test
    void nothingIsPushedBackToWhereItHasComeFrom() {
        comes(first);
        assertEquals(List.of(), tree.eager(peers, first.endpoint()));
    }

    @Test
    void whoWasSentItIsEagerUntilItCallsThatSpare() {
        comes(first);
        tree.pushed(second);
        assertEquals(List.of(first, second), eager());
        tree.spare(second);
        assertEquals(List.of(first), eager());
        tree.pushed(second);
        assertEquals(List.of(first), eager(), "it was sent one by chance");
        tree.wanted(second);
        assertEquals(List.of(first, second), eager());
    }

    @Test
    void whoIsFirstByChanceMakesNobodyLazy() {
        tree.cameAgain(comes(first), second, nowMs);
        nowMs += 10_000;
        CachedPacket byChance = comes(second);
        assertFalse(tree.cameAgain(byChance, first, nowMs));
        assertEquals(List.of(first), eager());
    }

    @Test
    void oneGapAsksForTheTreeWhereNothingWasPushedOfLate() {
        comes(first);
        nowMs += Timing.PUSHED_OF_LATE_MS;
        assertTrue(isMended(second));
        assertEquals(List.of(first, second), eager());
        nowMs += Timing.PUSHED_OF_LATE_MS;
        assertFalse(isMended(second), "it is asked already");
    }

    /** One is lost by chance. */
    @Test
    void amongManyThatArePushedItTakesSeveralGaps() {
        comes(first);
        nowMs += 10;
        assertFalse(isMended(second));
        assertFalse(isMended(second));
        assertTrue(isMended(second));
        for (int count = 0; count < 64; count++) {
            nowMs += 10;
            comes(first);
            assertFalse(count % 8 == 0 && isMended(third), "an eighth is lost");
        }
        assertEquals(List.of(first, second), eager());
    }

    /** What is under way at the same time as another might cut where that one has cut the other way round. */
    @Test
    void ofManyPacketsFewCut() {
        int cut = 0;
        for (int count = 0; count < 1_000; count++) {
            nowMs += 20;
            CachedPacket packet = comes(first);
            tree.cameAgain(packet, second, nowMs);
            cut += count >= 200 && eager().size() == 1 ? 1 : 0;
            tree.wanted(second);
        }
        // Of 50 a second some 1.4 are to cut: 22 of these 800.
        assertTrue(cut >= 7 && cut <= 44, cut + " of 800 cut");
    }

    @Test
    void ofPacketsThatOneNodeSendsAllCut() {
        for (int count = 0; count < 50; count++) {
            nowMs += 1;
            tree.wanted(second);
            tree.cameAgain(comes(first, 77), second, nowMs);
            assertEquals(List.of(first), eager());
        }
    }

    @Test
    void allThatComeSeldomCut() {
        for (int count = 0; count < 50; count++) {
            nowMs += 10_000;
            tree.wanted(second);
            tree.cameAgain(comes(first), second, nowMs);
            assertEquals(List.of(first), eager());
        }
    }

    @Test
    void itIsSaidOnceInAWhileThatItIsSpare() {
        CachedPacket packet = comes(first);
        assertTrue(tree.cameAgain(packet, second, nowMs));
        assertFalse(tree.cameAgain(packet, second, nowMs + Timing.SPARE_AGAIN_MS - 1));
        assertTrue(tree.cameAgain(packet, second, nowMs + Timing.SPARE_AGAIN_MS));
    }

    @Test
    void whoMayBeNeededAgainIsTriedWhenOneGoesThatWasNeeded() {
        CachedPacket packet = comes(first);
        tree.cameAgain(packet, second, nowMs);
        tree.cameAgain(packet, third, nowMs);
        tree.peerDown(third);
        assertFalse(tree.isUntried(second), "nobody needed the one that has gone");
        tree.peerDown(first);
        assertTrue(tree.isUntried(second));
        assertEquals(List.of(), eager());
    }

    @Test
    void eachSubclusterHasATreeOfItsOwn() {
        PushTrees trees = new PushTrees();
        Id other = TestPackets.filled(0x77);
        PushTree here = trees.of(packet(1, TestPackets.SUBCLUSTER, first));
        PushTree there = trees.of(packet(2, other, first));
        here.pushed(first);
        there.pushed(first);
        trees.told(new Receipt(false, Receipt.SPARE, List.of(Receipt.name(other))), first);
        assertEquals(List.of(first), here.eager(peers, null));
        assertEquals(List.of(), there.eager(peers, null));
        trees.told(new Receipt(false, Receipt.WANTED, List.of(Receipt.name(other))), first);
        assertEquals(List.of(first), there.eager(peers, null));
        trees.peerDown(first);
        assertTrue(here.isUntried(first) && there.isUntried(first));
    }

    @Test
    void onlySoManySubclustersAreRemembered() {
        PushTrees trees = new PushTrees();
        for (int number = 0; number < 2 * Limits.PUSH_TREES_MAX; number++) {
            trees.of(packet(1, TestPackets.numbered(1_000 + number), first)).pushed(first);
        }
        Tables.assertBounded(trees, Limits.PUSH_TREES_MAX);
    }
}
