// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A neighbour that has too little room keeps what fits, and says so of the rest: its sender goes on keeping that. */
class FullCarrierTest {

    private static final int MESSAGES = 8;
    private static final int BYTES = 300;
    private static final int ROOM_FOR = 4;
    private static final long ROOM_BYTES = ROOM_FOR
            * (long) CachedPacket.sizeBytes(TestPackets.published(TestPackets.CLUSTER, TestPackets.sealed(1, BYTES))
                    .get(0));

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node sender = mesh.subscribed(1);

    private TestMesh.Node carrierWithLittleRoom() {
        // A stamp is longer than what the test's packets have in its place.
        mesh.carriedBytesMax = ROOM_BYTES + ROOM_FOR * 32;
        return mesh.start(2, sender);
    }

    private TestMesh.Node memberWithRoomFor(long bytes) {
        mesh.carriedBytesMax = bytes;
        return mesh.subscribed(2, sender);
    }

    private void publishAll() {
        for (int seed = 1; seed <= MESSAGES; seed++) {
            sender.publish(seed, TestPackets.sealed(seed, BYTES));
        }
    }

    private long backlog() {
        return sender.engine.backlog(mesh.nowMs).stream()
                .mapToLong(BacklogInfo::messages)
                .sum();
    }

    @Test
    void keepsWhatFitsAndTheSenderTheRest() {
        TestMesh.Node carrier = carrierWithLittleRoom();
        mesh.run(1_000);
        publishAll();
        mesh.run(60_000);
        assertEquals(ROOM_FOR, carrier.engine.cachedPackets());
        assertEquals(MESSAGES - ROOM_FOR, backlog());
        assertTrue(carrier.drops(DropReason.NO_ROOM) > 0);
    }

    @Test
    void takesTheRestOnceThereIsRoom() {
        TestMesh.Node carrier = carrierWithLittleRoom();
        mesh.run(1_000);
        publishAll();
        mesh.run(60_000);
        carrier.give(new Event.Configured(EngineConfig.of(carrier.id, TestPackets.CLUSTER, List.of())));
        mesh.run(1_800_000);
        assertEquals(MESSAGES, carrier.engine.cachedPackets());
        assertEquals(0, backlog());
    }

    /** It carried for others at first, as a node does that has started and whose subclusters are not open yet. */
    @Test
    void takesWhatItHadToDeclineOnceItIsWantedHere() {
        TestMesh.Node late = carrierWithLittleRoom();
        mesh.run(1_000);
        publishAll();
        mesh.run(60_000);
        assertTrue(late.drops(DropReason.NO_ROOM) > 0);
        late.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        mesh.run(5_000);
        assertEquals(MESSAGES, late.delivered.size());
        mesh.run(55_000);
        assertEquals(0, backlog());
    }

    /** A message of several packets that all found no room. */
    @Test
    void takesALargeMessageThatItHadToDeclineOnceItIsWantedHere() {
        TestMesh.Node late = carrierWithLittleRoom();
        mesh.run(1_000);
        publishAll();
        mesh.run(10_000);
        sender.publish(MESSAGES + 1, TestPackets.sealed(MESSAGES + 1, 1_500));
        mesh.run(60_000);
        late.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        mesh.run(5_000);
        assertEquals(MESSAGES + 1, late.delivered.size());
        mesh.run(55_000);
        assertEquals(0, backlog());
    }

    /** Its sender may have let go of them since: it has been told that they are held here. */
    @Test
    void keepsThePartsOfALargeMessageThatItWantsUntilTheOthersCome() {
        TestMesh.Node member = memberWithRoomFor(ROOM_BYTES + 8_000);
        mesh.run(1_000);
        Set<Integer> blocked = blockedFromTheSender(2);
        sender.publish(100, TestPackets.sealed(100, 3_000));
        mesh.run(20_000);
        blocked.addAll(Set.of(0, 1, 3));
        publishMany(10 * MESSAGES, BYTES);
        assertEquals(10 * MESSAGES, member.delivered.size());
        assertTrue(member.engine.store().carriedBytes() <= ROOM_BYTES + 8_000);
        blocked.remove(2);
        mesh.run(600_000);
        assertEquals(10 * MESSAGES + 1, member.delivered.size());
    }

    /** The packets of large messages, by their index, that do not get through; what is taken out does from then on. */
    private Set<Integer> blockedFromTheSender(int index) {
        Set<Integer> blocked = new HashSet<>(Set.of(index));
        mesh.passes = (from, send) -> from != sender || !blocked.contains(indexOf(send.bytes()));
        return blocked;
    }

    private void publishMany(int messages, int bytes) {
        for (int seed = 1; seed <= messages; seed++) {
            sender.publish(seed, TestPackets.sealed(seed, bytes));
            mesh.run(100);
        }
        mesh.run(20_000);
    }

    /** Of a publication; -1 of everything else. */
    private static int indexOf(byte[] datagram) {
        return TestMesh.read(datagram) instanceof Packet packet && packet.type() == PacketType.PUBLISH
                ? packet.index()
                : -1;
    }

    @Test
    void isSoonNotOfferedWhatItCannotKeep() {
        TestMesh.Node carrier = carrierWithLittleRoom();
        mesh.run(1_000);
        publishAll();
        mesh.run(60_000);
        long refused = carrier.drops(DropReason.NO_ROOM);
        mesh.run(600_000);
        assertEquals(refused, carrier.drops(DropReason.NO_ROOM));
        assertTrue(refused <= 2 * (MESSAGES - ROOM_FOR), refused + " were refused");
    }

    @Test
    void whatItHasDeliveredCountsAsPassedOn() {
        TestMesh.Node member = memberWithRoomFor(ROOM_BYTES);
        mesh.run(1_000);
        publishAll();
        mesh.run(60_000);
        assertEquals(MESSAGES, member.delivered.size());
        assertEquals(0, backlog());
    }

    /** It has been told to whom it owes these that it holds them. */
    @Test
    void takesNothingMoreWhileAllThatItHoldsHasYetToBeOpened() {
        TestMesh.Node member = memberWithRoomFor(ROOM_BYTES + ROOM_FOR * 32);
        member.opens = false;
        mesh.run(1_000);
        publishAll();
        mesh.run(60_000);
        assertEquals(ROOM_FOR, member.delivered.size());
        assertEquals(Set.of(), member.letGo());
        assertTrue(backlog() >= MESSAGES - ROOM_FOR, "what it does not hold, the sender does");
        assertTrue(member.drops(DropReason.NOT_YET) > 0);
        member.opens = true;
        List.copyOf(member.delivered).forEach(message -> member.give(new Event.Taken(message.packetId())));
        mesh.run(60_000);
        assertEquals(MESSAGES, member.delivered.size());
        assertEquals(0, backlog());
    }

    /** The rest of its room is full of what it has yet to open. */
    @Test
    void keepsThePartsOfALargeMessageWhileItIsBehind() {
        TestMesh.Node member = memberWithRoomFor(ROOM_BYTES + 8_000);
        mesh.run(1_000);
        Set<Integer> blocked = blockedFromTheSender(2);
        sender.publish(100, TestPackets.sealed(100, 3_000));
        mesh.run(20_000);
        blocked.addAll(Set.of(0, 1, 3));
        member.opens = false;
        publishMany(10 * MESSAGES, BYTES);
        assertTrue(member.drops(DropReason.NOT_YET) > 0);
        member.opens = true;
        List.copyOf(member.delivered).forEach(message -> member.give(new Event.Taken(message.packetId())));
        mesh.run(60_000);
        assertEquals(10 * MESSAGES, member.delivered.size());
        blocked.remove(2);
        mesh.run(600_000);
        assertEquals(10 * MESSAGES + 1, member.delivered.size());
    }

    /** One after the other comes whole; many at once would push each other out. */
    @Test
    void beginsNoMoreLargeMessagesThanThereIsRoomFor() {
        TestMesh.Node member = memberWithRoomFor(30_000);
        mesh.run(1_000);
        Set<Integer> blocked = blockedFromTheSender(1);
        publishMany(40, 3_000);
        mesh.run(60_000);
        assertTrue(member.drops(DropReason.NOT_YET) > 0);
        assertTrue(member.engine.store().carriedBytes() <= 30_000);
        blocked.clear();
        mesh.run(600_000);
        assertEquals(40, member.delivered.size());
        assertEquals(0, backlog());
    }

    /** All its room was full of what it had not delivered when it was killed; its subcluster is opened a little later. */
    @Test
    void keepsWhatItOwesAfterARestartUntilItsSubclusterIsOpenAgain() {
        TestMesh.Node late = carrierWithLittleRoom();
        List<StoredPacket> owed = storedTwiceTheRoom();
        late.give(new Event.Restored(owed, new long[0], List.of(), Set.of(TestPackets.SUBCLUSTER)));
        mesh.run(1_000);
        sender.publish(100, TestPackets.sealed(100, BYTES));
        mesh.run(10_000);
        assertEquals(owed.size(), late.engine.cachedPackets());
        assertTrue(late.drops(DropReason.NOT_YET) > 0);
        late.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        assertEquals(owed.size(), late.delivered.size());
        mesh.run(60_000);
        assertEquals(owed.size() + 1, late.delivered.size());
        assertTrue(late.engine.carriedBytes() <= ROOM_BYTES + ROOM_FOR * 32);
    }

    /** Whose gateway takes part in it no more. */
    @Test
    void whatNobodyComesForGivesWayAtLast() {
        TestMesh.Node late = carrierWithLittleRoom();
        List<StoredPacket> owed = storedTwiceTheRoom();
        late.give(new Event.Restored(owed, new long[0], List.of(), Set.of(TestPackets.SUBCLUSTER)));
        mesh.run(PacketCache.RETURN_MS);
        sender.publish(100, TestPackets.sealed(100, BYTES));
        mesh.run(60_000);
        assertEquals(0, backlog());
        assertTrue(late.engine.carriedBytes() <= ROOM_BYTES + ROOM_FOR * 32);
    }

    private static List<StoredPacket> storedTwiceTheRoom() {
        List<StoredPacket> stored = new ArrayList<>();
        for (int seed = 1; seed <= 2 * ROOM_FOR; seed++) {
            stored.add(stored(seed));
        }
        return stored;
    }

    private static StoredPacket stored(int seed) {
        Packet packet = TestPackets.published(TestPackets.CLUSTER, TestPackets.sealed(seed, BYTES))
                .get(0);
        return StoredPacket.fresh(packet.packetId(), packet.bytes(), false, 0, 86_400_000);
    }

    /** A node that had no room says so by not taking it. */
    @Test
    void deliversAgainWhatWasNotTakenAndNothingElse() {
        TestMesh.Node member = memberWithRoomFor(1 << 20);
        mesh.run(1_000);
        sender.publish(1, TestPackets.sealed(1, 200));
        mesh.run(5_000);
        member.opens = false;
        sender.publish(2, TestPackets.sealed(2, 200));
        sender.publish(3, TestPackets.sealed(3, 2_500));
        mesh.run(5_000);
        List<Action.Incoming> owed = List.copyOf(member.delivered.subList(1, 3));
        member.delivered.clear();
        member.give(new Event.TakesAgain(TestPackets.EVENT));
        assertEquals(List.of(), member.delivered, "another subcluster's");
        member.opens = true;
        member.give(new Event.TakesAgain(TestPackets.SUBCLUSTER));
        assertEquals(ids(owed), ids(member.delivered));
        assertArrayEquals(owed.get(1).sealed(), member.delivered.get(1).sealed());
        member.delivered.clear();
        member.give(new Event.TakesAgain(TestPackets.SUBCLUSTER));
        assertEquals(List.of(), member.delivered);
    }

    private static List<Id> ids(List<Action.Incoming> messages) {
        return messages.stream().map(Action.Incoming::packetId).toList();
    }

    @Test
    void tellsItsNodeOfWhatItHadDeliveredAndLetsGo() {
        TestMesh.Node member = memberWithRoomFor(ROOM_BYTES);
        mesh.run(1_000);
        publishAll();
        mesh.run(60_000);
        Set<Id> letGo = member.letGo();
        assertEquals(MESSAGES - member.engine.cachedPackets(), letGo.size());
        member.delivered.forEach(message -> letGo.remove(message.packetId()));
        assertEquals(Set.of(), letGo, "each is a message that was delivered");
    }

    @Test
    void tellsItsNodeOfWhatExpires() {
        TestMesh.Node member = memberWithRoomFor(1 << 20);
        mesh.run(1_000);
        publishAll();
        mesh.run(60_000);
        assertEquals(Set.of(), member.letGo());
        mesh.run(Timing.CACHE_TTL_MS * 40);
        assertEquals(MESSAGES, member.letGo().size());
        assertEquals(Set.of(), sender.letGo(), "its own are no delivery");
    }

    @Test
    void tellsItsNodeOfALargeMessageByItsHead() {
        TestMesh.Node member = memberWithRoomFor(5_000);
        mesh.run(1_000);
        sender.publish(1, TestPackets.sealed(1, 2_500));
        sender.publish(2, TestPackets.sealed(2, 2_500));
        mesh.run(60_000);
        Set<Id> letGo = member.letGo();
        assertTrue(letGo.contains(member.delivered.get(0).packetId()), "the first had to go");
        member.delivered.forEach(message -> letGo.remove(message.packetId()));
        assertEquals(Set.of(), letGo, "a fragment's id is nobody's");
    }

    @Test
    void ofALargeMessageItHasDeliveredEachPartCounts() {
        TestMesh.Node member = memberWithRoomFor(5_000);
        mesh.run(1_000);
        sender.publish(1, TestPackets.sealed(1, 2_500));
        sender.publish(2, TestPackets.sealed(2, 2_500));
        mesh.run(60_000);
        assertEquals(2, member.delivered.size());
        assertTrue(member.engine.cachedPackets() < 8, "one of the two had to go");
        assertEquals(0, backlog());
    }
}
