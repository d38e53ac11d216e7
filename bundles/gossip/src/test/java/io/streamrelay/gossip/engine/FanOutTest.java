// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Receipt;
import io.streamrelay.gossip.packet.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One node among ten members, as one of them sends it a packet. */
class FanOutTest {

    private static final int MEMBERS = 10;

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node node = mesh.member(1, NatType.UNRESTRICTED);
    private final List<ScriptedPeer> members = new ArrayList<>();

    @BeforeEach
    void connect() {
        IntStream.rangeClosed(1, MEMBERS)
                .mapToObj(number -> new ScriptedPeer(mesh, number, NatType.UNRESTRICTED, true).connectTo(node))
                .forEach(members::add);
        members.forEach(member -> member.tells = true);
        mesh.run(1_000);
    }

    private static Packet packet(boolean isRepair) {
        return packet(1, 1, isRepair);
    }

    private static Packet packet(int number, int hops, boolean isRepair) {
        Packet.Builder header = Packet.builder(PacketType.PUBLISH)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .set(Field.USR1, TestPackets.EVENT)
                .set(Field.USR3, new AgeStamp(hops, isRepair, 0, 60_000, 7).toBytes());
        return Splitter.split(header, TestPackets.sealed(number, 300), 1_000).get(0);
    }

    private void comesFrom(int member, Packet packet) {
        CachedPacket held = CachedPacket.arrived(packet, mesh.nowMs);
        mesh.inject(members.get(member).endpoint, node, held.outgoing(false, mesh.nowMs));
    }

    private long sent() {
        return members.stream()
                .mapToLong(member -> member.received(PacketType.PUBLISH).size())
                .sum();
    }

    private List<Integer> receivers() {
        List<Integer> receivers = IntStream.range(0, MEMBERS)
                .filter(member ->
                        !members.get(member).received(PacketType.PUBLISH).isEmpty())
                .boxed()
                .toList();
        members.forEach(member -> member.received.clear());
        return receivers;
    }

    private boolean isCalledSpare(int member) {
        Receipt spare = new Receipt(false, Receipt.SPARE, List.of(Receipt.name(TestPackets.SUBCLUSTER)));
        return members.get(member).receipts.remove(spare);
    }

    private void callsSpare(int member) {
        Receipt spare = new Receipt(false, Receipt.SPARE, List.of(Receipt.name(TestPackets.SUBCLUSTER)));
        mesh.inject(members.get(member).endpoint, node, spare.encode());
    }

    /** Everybody is tried, and has had it, but for one. */
    private void onlyNeeds(int member) {
        for (int round = 0; round < 4; round++) {
            node.publish(1 + round, TestPackets.sealed(100 + round, 300));
            mesh.run(1_000);
            for (int other : receivers()) {
                if (other != member) {
                    callsSpare(other);
                }
            }
            mesh.run(1_000);
        }
    }

    @Test
    void whoBringsSecondWhatIsHereIsToldThatItIsSpare() {
        comesFrom(0, packet(false));
        comesFrom(1, packet(false));
        comesFrom(1, packet(false));
        mesh.run(20);
        assertTrue(isCalledSpare(1));
        assertFalse(isCalledSpare(1), "once in a while is enough");
        assertFalse(isCalledSpare(0));
        mesh.run(Timing.SPARE_AGAIN_MS);
        comesFrom(1, packet(false));
        mesh.run(20);
        assertTrue(isCalledSpare(1), "it may not have heard");
    }

    @Test
    void whoSendsAgainWhatMayHaveGotLostIsNotSpare() {
        comesFrom(0, packet(false));
        comesFrom(0, packet(false));
        comesFrom(1, packet(true));
        mesh.run(20);
        assertFalse(isCalledSpare(0));
        assertFalse(isCalledSpare(1));
    }

    @Test
    void whereNobodyCallsItSpareItGoesAgainAndElsewhereNot() {
        onlyNeeds(3);
        comesFrom(0, packet(false));
        mesh.run(2 * Timing.RELAY_WAIT_MS);
        assertEquals(List.of(3), receivers());
        comesFrom(3, packet(2, 1, false));
        mesh.run(2 * Timing.RELAY_WAIT_MS);
        assertEquals(List.of(), receivers());
    }

    @Test
    void anOwnPacketStillGoesToThree() {
        onlyNeeds(3);
        node.publish(9, TestPackets.sealed(9, 300));
        mesh.run(20);
        List<Integer> receivers = receivers();
        assertTrue(receivers.contains(3) && receivers.size() == 3, receivers::toString);
    }

    @Test
    void whatMendsAGapGoesToThoseWhoGetWhatIsNewFromHere() {
        onlyNeeds(3);
        comesFrom(0, packet(true));
        mesh.run(2 * Timing.RELAY_WAIT_MS);
        assertEquals(List.of(3), receivers());
    }

    @Test
    void whatHasComeFarGoesAlongTheTreeAlone() {
        comesFrom(0, packet(1, Limits.HOPS_MAX, false));
        mesh.run(2 * Timing.RELAY_WAIT_MS);
        assertEquals(List.of(), receivers());
        onlyNeeds(3);
        comesFrom(0, packet(2, Limits.HOPS_MAX, false));
        mesh.run(2 * Timing.RELAY_WAIT_MS);
        assertEquals(List.of(3), receivers());
    }

    @Test
    void anOwnPacketGoesToEightAtOnce() {
        node.publish(1, TestPackets.sealed(2, 300));
        mesh.run(20);
        assertEquals(8, sent());
    }

    @Test
    void whatComesOnceGoesToTwoAtOnceAndToAThirdAWhileLater() {
        comesFrom(0, packet(false));
        mesh.run(20);
        assertEquals(2, sent());
        mesh.run(2 * Timing.RELAY_WAIT_MS);
        assertEquals(3, sent());
        assertEquals(0, members.get(0).received(PacketType.PUBLISH).size());
    }

    @Test
    void whatComesAgainMeanwhileGoesToNoThird() {
        comesFrom(0, packet(false));
        mesh.run(20);
        comesFrom(1, packet(false));
        mesh.run(2 * Timing.RELAY_WAIT_MS);
        assertEquals(2, sent());
    }

    @Test
    void whatTheSameOneSendsAgainHasComeAgain() {
        comesFrom(0, packet(false));
        comesFrom(0, packet(false));
        mesh.run(2 * Timing.RELAY_WAIT_MS);
        assertEquals(2, sent());
    }

    /** They compare each half minute alone. */
    @Test
    void referencePeersAreDrawnAsTheyWereAndGetWhateverComesAtOnce() {
        List<ScriptedPeer> references = IntStream.rangeClosed(50, 89)
                .mapToObj(number -> new ScriptedPeer(mesh, number, NatType.UNRESTRICTED, false).connectTo(node))
                .toList();
        comesFrom(0, packet(true));
        mesh.run(20);
        long toReferences = references.stream()
                .mapToLong(peer -> peer.received(PacketType.PUBLISH).size())
                .sum();
        assertTrue(toReferences >= 1 && toReferences <= 4, toReferences + " of 40 reference peers");
        assertTrue(sent() <= 1, sent() + " of our own");
        mesh.run(2 * Timing.RELAY_WAIT_MS);
        assertTrue(sent() <= 1, sent() + " of our own");
    }

    /** Between two members that know carriers alone. */
    @Test
    void whatMendsAGapOnALineGoesOnThoughNoMemberIsThere() {
        TestMesh.Node carrier = mesh.start(2);
        ScriptedPeer before = new ScriptedPeer(mesh, 91, NatType.UNRESTRICTED, true).connectTo(carrier);
        ScriptedPeer behind = new ScriptedPeer(mesh, 92, NatType.UNRESTRICTED, true).connectAsCarrierTo(carrier);
        Packet packet = packet(true);
        mesh.inject(
                before.endpoint,
                carrier,
                CachedPacket.arrived(packet, mesh.nowMs).outgoing(false, mesh.nowMs));
        mesh.run(20);
        assertEquals(1, behind.received(PacketType.PUBLISH).size());
    }

    @Test
    void whatMendsAGapGoesToOneMember() {
        comesFrom(0, packet(true));
        mesh.run(2 * Timing.RELAY_WAIT_MS);
        assertEquals(1, sent());
    }
}
