// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PacketCacheTest {

    private static final int ROOM_FOR = 3;

    private final CachedPacket sample = held(TestPackets.single(0), false);
    private final Turn turn = new Turn(config(ROOM_FOR * sample.sizeBytes()), RandomGenerator.of("L64X128MixRandom"));
    private final Set<Id> subscriptions = new HashSet<>();
    private final PacketCache cache = new PacketCache(turn, subscriptions);

    private static EngineConfig config(long carriedBytesMax) {
        return new EngineConfig(
                TestPackets.filled(1),
                TestPackets.CLUSTER,
                false,
                NatType.UNKNOWN,
                null,
                List.of(),
                EngineConfig.DEFAULT_HEARTBEAT_MS,
                carriedBytesMax,
                EngineConfig.DEFAULT_BACKLOG_BYTES,
                true,
                EngineConfig.DEFAULT_MESSAGE_BYTES);
    }

    private static CachedPacket held(Packet packet, boolean own) {
        return own
                ? CachedPacket.own(packet, 1, 0, 1_000)
                : CachedPacket.restored(
                        packet, StoredPacket.fresh(packet.packetId(), packet.bytes(), false, 0, 1_000), 0);
    }

    private CachedPacket carried(int seed) {
        return held(TestPackets.single(seed), false);
    }

    private CachedPacket foreign(int seed) {
        return held(
                TestPackets.published(TestPackets.filled(0xff), TestPackets.sealed(seed, 300))
                        .get(0),
                false);
    }

    private CachedPacket own(int seed) {
        return held(TestPackets.single(seed), true);
    }

    private List<CachedPacket> evictedBy(CachedPacket added) {
        cache.add(added);
        List<CachedPacket> evicted = new ArrayList<>();
        for (Signal signal = turn.nextSignal(); signal != null; signal = turn.nextSignal()) {
            evicted.add(((Signal.PacketEvicted) signal).packet());
        }
        return evicted;
    }

    private List<String> counted() {
        return turn.end().stream()
                .map(action -> ((Observation.Counted) ((Action.Observe) action).observation()).counter())
                .toList();
    }

    @Test
    void letsTheOldestCarriedPacketGoWhenFull() {
        CachedPacket oldest = carried(1);
        cache.add(oldest);
        cache.add(carried(2));
        assertEquals(List.of(), evictedBy(carried(3)));

        assertEquals(List.of(oldest), evictedBy(carried(4)));
        assertFalse(cache.contains(oldest.id()));
        assertEquals(ROOM_FOR, cache.size());
    }

    @Test
    void letsTheOldestGoWhenNoSenderTakesMoreThanItsPart() {
        roomFor(8);
        CachedPacket oldest = stamped(1, 1);
        cache.add(oldest);
        for (int sender = 2; sender <= 8; sender++) {
            assertEquals(List.of(), evictedBy(stamped(sender, sender)));
        }
        assertEquals(List.of(oldest), evictedBy(stamped(9, 9)));
        assertEquals(List.of("evicted-oldest"), counted());
    }

    private PacketCache roomFor(int packets) {
        turn.config(config((long) packets * sample.sizeBytes()));
        return cache;
    }

    private CachedPacket of(int cluster, int seed) {
        return held(
                TestPackets.published(TestPackets.filled(cluster), TestPackets.sealed(seed, 300))
                        .get(0),
                false);
    }

    private static CachedPacket deliveredBefore(int seed) {
        Packet packet = TestPackets.single(seed);
        return CachedPacket.restored(
                packet, new StoredPacket(packet.packetId(), packet.bytes(), false, false, true, 0, 1_000), 0);
    }

    private static CachedPacket fresh(int seed) {
        return CachedPacket.arrived(TestPackets.single(seed), 0);
    }

    /** Between a start and the moment at which a subcluster is open again others' packets come. */
    @Test
    void keepsWhatWaitsForASubclusterThatIsNotOpenAgainYet() {
        roomFor(4);
        CachedPacket before = deliveredBefore(1);
        CachedPacket owed = carried(2);
        cache.wantsAsBefore(Set.of());
        List.of(before, owed).forEach(cache::restored);
        List.of(before, owed).forEach(cache::add);
        CachedPacket fresh = fresh(3);
        cache.add(fresh);
        cache.add(fresh(4));
        assertEquals(List.of(before), evictedBy(fresh(5)));
        assertEquals(List.of(fresh), evictedBy(fresh(6)));
        assertTrue(cache.contains(owed.id()));
        cache.delivered(owed);
        cache.taken(owed);
        evictedBy(fresh(7));
        evictedBy(fresh(8));
        evictedBy(fresh(9));
        evictedBy(fresh(10));
        assertFalse(cache.contains(owed.id()), "what is delivered is carried like the others");
    }

    /** Whoever else had it may have let it go. */
    @Test
    void whatIsWantedStays() {
        roomFor(4);
        subscriptions.add(TestPackets.SUBCLUSTER);
        List<CachedPacket> wanted = List.of(carried(1), carried(2), carried(3));
        wanted.forEach(packet -> assertEquals(List.of(), evictedBy(packet)));
        List<CachedPacket> others = List.of(delivered(11), delivered(12));
        assertEquals(List.of(), evictedBy(others.get(0)));
        assertEquals(others.subList(0, 1), evictedBy(others.get(1)));
    }

    /** It may be somebody's who never means to send the rest. */
    @Test
    void whatIsWantedForLongKeepsHalfOfTheRoom() {
        roomFor(4);
        subscriptions.add(TestPackets.SUBCLUSTER);
        List<CachedPacket> wanted = List.of(carried(1), carried(2), carried(3), carried(4));
        wanted.forEach(packet -> assertEquals(List.of(), evictedBy(packet), "nobody else needs the room"));
        turn.begin(new Now(PacketCache.WANTED_MS, 0));
        List<CachedPacket> others = List.of(delivered(11), delivered(12), delivered(13));
        assertEquals(wanted.subList(0, 1), evictedBy(others.get(0)));
        assertEquals(wanted.subList(1, 2), evictedBy(others.get(1)));
        assertEquals(others.subList(0, 1), evictedBy(others.get(2)), "half of it is taken");
    }

    private CachedPacket delivered(int seed) {
        CachedPacket packet = carried(seed);
        packet.markDelivered();
        packet.markTaken();
        return packet;
    }

    @Test
    void whatIsNotWantedAnyMoreIsCarriedLikeTheOthers() {
        roomFor(4);
        subscriptions.add(TestPackets.SUBCLUSTER);
        List<CachedPacket> wanted = List.of(carried(1), carried(2));
        wanted.forEach(cache::add);
        CachedPacket other = delivered(11);
        cache.add(other);
        cache.add(delivered(12));
        subscriptions.remove(TestPackets.SUBCLUSTER);
        cache.unwanted(TestPackets.SUBCLUSTER);
        wanted.forEach(packet -> assertEquals(Standing.CARRIED, packet.standing()));
        assertEquals(List.of(other), evictedBy(delivered(13)), "what was carried before goes before it");
    }

    @Test
    void letsForeignPacketsGoFirst() {
        roomFor(8);
        CachedPacket stranger = foreign(2);
        cache.add(carried(1));
        cache.add(stranger);
        for (int seed = 3; seed < 9; seed++) {
            assertEquals(List.of(), evictedBy(carried(seed)));
        }
        assertEquals(List.of(stranger), evictedBy(carried(9)));
        assertEquals(List.of("evicted-foreign"), counted());
    }

    /** Protocol-v6 D48. */
    @Test
    void oneForeignClusterGetsAQuarterAndDropsItsOwnOldest() {
        roomFor(8);
        CachedPacket other = of(0xaa, 1);
        CachedPacket first = foreign(2);
        cache.add(other);
        cache.add(first);
        assertEquals(List.of(), evictedBy(foreign(3)));
        assertEquals(List.of(first), evictedBy(foreign(4)));
        assertEquals(List.of("evicted-cluster-share"), counted());
        assertTrue(cache.contains(other.id()));
    }

    @Test
    void allForeignClustersTogetherGetAHalf() {
        roomFor(8);
        CachedPacket oldest = of(1, 1);
        cache.add(oldest);
        for (int cluster = 2; cluster <= 4; cluster++) {
            assertEquals(List.of(), evictedBy(of(cluster, cluster)));
        }
        assertEquals(List.of(oldest), evictedBy(of(5, 5)));
        for (int cluster = 6; cluster < 100; cluster++) {
            cache.add(of(cluster, cluster));
        }
        assertEquals(4 * sample.sizeBytes(), cache.carriedBytes());
    }

    @Test
    void hasRoomForItsOwnClusterAsLongAsOnlyOthersHaveToGo() {
        roomFor(8);
        assertTrue(cache.hasRoomFor(of(0xaa, 11).packet()));
        cache.add(of(0xaa, 11));
        cache.add(of(0xaa, 12));
        assertFalse(cache.hasRoomFor(of(0xaa, 13).packet()));
        for (int seed = 1; seed <= 6; seed++) {
            assertTrue(cache.hasRoomFor(of(0xbb, 20 + seed).packet()));
            cache.add(carried(seed));
        }
        assertFalse(cache.hasRoomFor(of(0xbb, 29).packet()));
        assertTrue(cache.hasRoomFor(carried(9).packet()));
        cache.add(carried(7));
        cache.add(carried(8));
        assertFalse(cache.hasRoomFor(carried(9).packet()));
    }

    @Test
    void keepsOwnPacketsThatNobodyHasGotYet() {
        CachedPacket mine = own(1);
        cache.add(mine);
        for (int seed = 2; seed < 20; seed++) {
            cache.add(carried(seed));
        }
        assertTrue(cache.contains(mine.id()));
        assertEquals(mine.sizeBytes(), cache.waitingBytes());

        cache.passedOn(mine);
        assertEquals(0, cache.waitingBytes());
    }

    @Test
    void treatsOwnPacketsThatWerePassedOnAsAllOthers() {
        CachedPacket mine = own(1);
        cache.add(mine);
        cache.passedOn(mine);
        cache.add(carried(2));
        cache.add(carried(3));

        assertEquals(List.of(mine), evictedBy(carried(4)));
    }

    @Test
    void countsAPacketThatIsAddedTwiceOnce() {
        cache.add(carried(1));
        cache.add(carried(1));
        assertEquals(1, cache.size());
        assertEquals(carried(1).sizeBytes(), cache.carriedBytes());
    }

    @Test
    void letsGoAtTheMillisecondOfExpiryAndNotBefore() {
        CachedPacket packet = carried(1);
        cache.add(packet);
        assertEquals(1_000, cache.nextDeadlineMs());

        turn.begin(new Now(999, 0));
        assertTrue(cache.expire().isEmpty());
        turn.begin(new Now(1_000, 0));
        assertEquals(List.of(packet), cache.expire());
        assertEquals(0, cache.carriedBytes());
        assertEquals(Long.MAX_VALUE, cache.nextDeadlineMs());
    }

    @Test
    void summaryTellsOfAPacketOnceItIsOnDisk() {
        byte[] empty = cache.summaryHash();
        Packet packet = TestPackets.single(1);
        cache.add(CachedPacket.arrived(packet, 0));
        assertTrue(java.util.Arrays.equals(empty, cache.summaryHash()));
        assertTrue(cache.withPrefix("").isEmpty());
        cache.durable(packet.packetId());
        assertFalse(java.util.Arrays.equals(empty, cache.summaryHash()));
        assertEquals(1, cache.withPrefix("").size());
    }

    @Test
    void senderThatTakesMoreThanItsPartGivesWayToTheOthers() {
        List<CachedPacket> others = List.of(stamped(1, 7), stamped(2, 8));
        others.forEach(cache::add);
        CachedPacket oldestOfTheChatty = stamped(3, 9);
        cache.add(oldestOfTheChatty);
        assertEquals(List.of(oldestOfTheChatty), evictedBy(stamped(4, 9)));
        others.forEach(packet -> assertTrue(cache.contains(packet.id())));
        assertEquals(List.of("evicted-sender-share"), counted());
    }

    private static CachedPacket stamped(int seed, long origin) {
        Packet packet = Packet.builder(PacketType.PUBLISH)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .set(Field.USR3, new AgeStamp(0, false, 0, 1_000, origin).toBytes())
                .message(TestPackets.sealed(seed, 275))
                .build();
        return CachedPacket.arrived(packet, 0);
    }

    @Test
    void summaryIsThatOfThePacketsHeld() {
        byte[] empty = cache.summaryHash();
        cache.add(carried(1));
        assertFalse(java.util.Arrays.equals(empty, cache.summaryHash()));
        turn.begin(new Now(1_000, 0));
        cache.expire();
        assertTrue(java.util.Arrays.equals(empty, cache.summaryHash()));
    }
}
