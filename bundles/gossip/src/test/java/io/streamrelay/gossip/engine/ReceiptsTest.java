// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Receipt;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReceiptsTest {

    private static final long LIFETIME_MS = 1_000_000;
    private static final byte[] STAMP = stamp(LIFETIME_MS);

    private final Turn turn =
            new Turn(EngineConfig.of(TestPackets.filled(1), TestPackets.CLUSTER, List.of()), new Random(1));
    private final PacketCache cache = new PacketCache(turn, Set.of());
    private final Set<Id> taken = new HashSet<>();
    private final Set<Id> underWay = new HashSet<>();
    private final Receipts receipts = new Receipts(turn, cache, underWay::contains);
    private final Peer peer = peer(2, true);
    private final Packet first = stamped(1);
    private final Packet second = stamped(2);

    private static Peer peer(int number, boolean kin) {
        Endpoint at = new Endpoint(0x14010000 + number, 4_000);
        return new Peer(TestPackets.numbered(number), Path.main(at), 31, kin, "0123456789ab", 0);
    }

    private static byte[] stamp(long lifetimeMs) {
        return new AgeStamp(0, false, 0, lifetimeMs, 7).toBytes();
    }

    private static Packet stamped(int seed) {
        return stamped(seed, STAMP);
    }

    private static Packet stamped(int seed, byte[] stamp) {
        return Packet.builder(PacketType.PUBLISH)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .set(Field.USR3, stamp)
                .message(TestPackets.sealed(seed, 300))
                .build();
    }

    /** It is taken; on its way to disk it is when all has been done that its coming leads to. */
    private void keep(Packet packet) {
        taken.add(packet.packetId());
        cache.add(CachedPacket.arrived(packet, 0));
    }

    private void commit(Packet packet) {
        nextEvent();
        underWay.remove(packet.packetId());
        cache.durable(packet.packetId());
        receipts.committed();
    }

    private void nextEvent() {
        turn.begin(new Now(turn.nowMs(), turn.wallMs()));
    }

    /** Safekeeping forgets them first. */
    private void commitFails(Packet... packets) {
        nextEvent();
        Stream.of(packets).forEach(packet -> underWay.remove(packet.packetId()));
        receipts.commitFailed();
    }

    /** What was to live for a tenth as long. */
    private void expire() {
        turn.begin(new Now(LIFETIME_MS / 2, LIFETIME_MS / 2));
        cache.expire();
    }

    private void came(Packet packet, int flags) {
        came(peer, packet, flags);
    }

    private void came(Peer from, Packet packet, int flags) {
        receipts.came(
                from, (Packet) Packet.decode(CachedPacket.arrived(packet, 0).outgoing(false, flags, 0)));
        if (taken.remove(packet.packetId())) {
            underWay.add(packet.packetId());
        }
    }

    private List<Receipt> told() {
        return turn.end().stream()
                .map(action -> Receipt.of(((Action.Send) action).bytes()))
                .toList();
    }

    private static List<Receipt> answer(int question, Packet... named) {
        List<Integer> names =
                Stream.of(named).map(packet -> Receipt.name(packet.packetId())).toList();
        return List.of(new Receipt(false, question, names));
    }

    @Test
    void whatNobodyAsksAboutIsNotTold() {
        came(first, AgeStamp.MORE);
        assertTrue(told().isEmpty());
        assertTrue(peer.arrivals().expectsMore(0));
    }

    @Test
    void whatWasKnownIsToldAtOnce() {
        keep(first);
        commit(first);
        came(first, AgeStamp.ASKS);
        assertEquals(answer(0, first), told());
    }

    @Test
    void whatIsNotHeldIsToldAtOnce() {
        came(first, AgeStamp.ASKS);
        assertEquals(answer(0, first), told());
    }

    @Test
    void whatIsNotOnDiskIsNotNamed() {
        came(first, 0);
        keep(second);
        came(second, 0);
        receipts.tell(peer, Receipt.AFRESH);
        assertEquals(answer(Receipt.AFRESH, first), told());
    }

    /** Whatever is not named then is taken for lost, and sent again. */
    @Test
    void aQuestionWaitsForWhatIsOnItsWayToDisk() {
        came(first, 0);
        keep(second);
        came(second, 0);
        receipts.tell(peer, 9);
        receipts.tell(peer, 10);
        Packet third = stamped(3);
        keep(third);
        came(third, 0);
        assertTrue(told().isEmpty());
        commit(second);
        assertEquals(answer(9, first, second), told());
        commit(third);
        assertTrue(told().isEmpty());
        assertEquals(0, Tables.size(receipts, "questions"));
    }

    @Test
    void whoAsksIsToldWhenItCannotBeCommitted() {
        keep(first);
        came(first, 0);
        receipts.tell(peer, 9);
        commitFails(first);
        assertEquals(answer(Receipt.NOT_KEPT, first), told());
        assertEquals(0, Tables.size(receipts, "questions"));
    }

    @Test
    void whoHasAskedAndGoneIsNotAnswered() {
        keep(first);
        came(first, 0);
        receipts.tell(peer, 9);
        receipts.peerDown(peer);
        commit(first);
        assertTrue(told().isEmpty());
    }

    /** What has left before what is named is taken for lost. */
    @Test
    void whatCameAfterSomethingThatIsOnItsWayToDiskIsNamedLater() {
        keep(first);
        came(first, 0);
        came(second, AgeStamp.ASKS);
        assertTrue(told().isEmpty());
        commit(first);
        assertEquals(answer(0, first, second), told());
    }

    @Test
    void whatIsToBeToldWaitsForTheDisk() {
        keep(first);
        came(first, AgeStamp.ASKS);
        keep(second);
        commit(second);
        assertTrue(told().isEmpty());
        commit(first);
        assertEquals(answer(0, first), told());
        receipts.committed();
        assertTrue(told().isEmpty());
    }

    @Test
    void whatCannotBeCommittedIsNamedNevertheless() {
        keep(first);
        came(first, 0);
        keep(second);
        came(second, AgeStamp.ASKS);
        assertTrue(told().isEmpty());
        commitFails(first, second);
        assertEquals(answer(Receipt.NOT_KEPT, first, second), told());
        commit(second);
        assertTrue(told().isEmpty());
        assertEquals(0, Tables.size(receipts, "owed"));
    }

    @Test
    void whatIsStillUnderWayToDiskIsNotNamedBecauseSomethingElseCannotBeCommitted() {
        keep(first);
        came(first, AgeStamp.ASKS);
        keep(second);
        came(second, AgeStamp.ASKS);
        commitFails(first);
        assertEquals(answer(Receipt.NOT_KEPT, first), told());
        commitFails();
        assertTrue(told().isEmpty());
        commit(second);
        assertEquals(answer(0, first, second), told());
    }

    @Test
    void whoAsksAllTheTimeIsToldThoughTheDiskIsBehind() {
        List<Packet> packets =
                IntStream.range(100, 200).mapToObj(ReceiptsTest::stamped).toList();
        int answers = 0;
        for (int at = 0; at < packets.size(); at++) {
            keep(packets.get(at));
            came(packets.get(at), AgeStamp.ASKS);
            if (at >= 2) {
                commit(packets.get(at - 2));
                answers += told().size();
            }
        }
        assertTrue(answers >= packets.size() / 4, answers + " answers");
        assertEquals(1, Tables.size(receipts, "owed"));
    }

    @Test
    void whatAskedFirstIsToldAndWhatAskedLast() {
        Packet third = stamped(3);
        for (Packet packet : List.of(first, second, third)) {
            keep(packet);
            came(packet, AgeStamp.ASKS);
        }
        commit(first);
        assertEquals(answer(0, first), told());
        commit(second);
        assertTrue(told().isEmpty());
        commit(third);
        assertEquals(answer(0, first, second, third), told());
        assertEquals(0, Tables.size(receipts, "owed"));
    }

    /** It has come all the same. */
    @Test
    void whatWasLetGoBeforeItWasOnDiskIsToldWhenItWouldBeThere() {
        Packet fleeting = stamped(3, stamp(LIFETIME_MS / 10));
        keep(fleeting);
        came(fleeting, AgeStamp.ASKS);
        keep(second);
        came(second, AgeStamp.ASKS);
        expire();
        assertTrue(told().isEmpty());
        commit(fleeting);
        assertEquals(answer(0, fleeting), told());
        commit(second);
        assertEquals(answer(0, fleeting, second), told());
        assertEquals(0, Tables.size(receipts, "owed"));
    }

    /** Another neighbour has brought it first, and it is committed before what came in between. */
    @Test
    void aQuestionWaitsForAllThatCameBeforeIt() {
        Peer other = peer(3, true);
        keep(first);
        came(other, first, 0);
        keep(second);
        came(second, 0);
        came(first, 0);
        receipts.tell(peer, 9);
        commit(first);
        assertTrue(told().isEmpty());
        commit(second);
        assertEquals(answer(9, second, first), told());
    }

    @Test
    void aDiskThatHangsIsAsGoodAsFull() {
        keep(first);
        came(first, 0);
        receipts.tell(peer, 9);
        turn.begin(new Now(Timing.DISK_PATIENCE_MS - 1, 0));
        receipts.tell(peer, 10);
        assertTrue(told().isEmpty());
        turn.begin(new Now(Timing.DISK_PATIENCE_MS, 0));
        receipts.tell(peer, 11);
        assertEquals(answer(Receipt.NOT_KEPT, first), told());
        receipts.tell(peer, 12);
        commit(first);
        assertEquals(answer(12, first), told());
    }

    @Test
    void whoHasNothingOnDiskYetDoesNotSayThatNothingHasCome() {
        keep(first);
        came(first, 0);
        receipts.tell(peer, 0);
        assertEquals(List.of(new Receipt(false, 0, List.of(), true)), told());
    }

    @Test
    void nothingIsOwedToWhoHasGone() {
        Peer other = peer(3, true);
        keep(first);
        came(first, AgeStamp.ASKS);
        came(other, first, AgeStamp.ASKS);
        receipts.peerDown(peer);
        assertEquals(1, Tables.size(receipts, "owed"));
        commit(first);
        List<Action> answers = turn.end();
        assertEquals(1, answers.size());
        assertEquals(other.endpoint(), ((Action.Send) answers.get(0)).to());
        assertEquals(0, Tables.size(receipts, "owed"));
    }

    @Test
    void aReferencePeerIsToldNothing() {
        Peer reference = peer(3, false);
        came(reference, first, AgeStamp.ASKS);
        assertTrue(told().isEmpty());
        assertTrue(reference.arrivals().landed().isEmpty());
    }

    @Test
    void aPacketWithoutAnIdIsPassedOver() {
        receipts.came(
                peer,
                Packet.builder(PacketType.PUBLISH)
                        .set(Field.PACKET, new byte[] {1})
                        .set(Field.USR3, STAMP)
                        .build());
        assertTrue(told().isEmpty());
        assertTrue(peer.arrivals().landed().isEmpty());
    }

    @Test
    void aQuestionHasANumberAndNoNames() {
        came(first, 0);
        receipts.ask(peer, 5);
        assertEquals(List.of(new Receipt(true, 5, List.of())), told());
    }
}
