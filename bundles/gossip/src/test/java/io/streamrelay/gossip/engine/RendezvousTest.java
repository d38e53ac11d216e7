// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Intro;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RendezvousTest {

    private static final Id JOINER = TestPackets.filled(0x44);
    private static final int RESTRICTED = NatType.PORT_RESTRICTED.wire();
    private static final long WALL_MS = 1_800_000_000_000L;

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node node = mesh.member(1, NatType.UNRESTRICTED);
    private final ScriptedPeer relay = new ScriptedPeer(mesh, 1, NatType.UNRESTRICTED, false).connectTo(node);
    private final ScriptedPeer neighbour = new ScriptedPeer(mesh, 2, NatType.UNRESTRICTED, false).connectTo(node);
    private final ScriptedPeer rendezvous = new ScriptedPeer(mesh, 3, NatType.UNRESTRICTED, false);

    private static Join plain() {
        return Join.announcing(JOINER, RESTRICTED, "20.8.0.1", 4_444, null);
    }

    private Join annotated(long deadlineMs) {
        return new Join(
                JOINER,
                RESTRICTED,
                "20.8.0.1",
                4_444,
                null,
                rendezvous.endpoint.host(),
                rendezvous.endpoint.port(),
                NatType.UNRESTRICTED.wire(),
                rendezvous.id,
                deadlineMs,
                null,
                false);
    }

    private Join passedOn() {
        return neighbour.received(PacketType.JOIN).stream()
                .map(packet -> (Join) Body.of(packet))
                .filter(join -> join.requester().equals(JOINER))
                .findFirst()
                .orElseThrow();
    }

    /** Protocol-v6 §6 case 19. */
    @Test
    @Tag("case-19")
    void aNodeThatAllCanReachOffersItselfToTheMembersFarAway() {
        Packet.Builder packet = ScriptedPeer.member(PacketType.JOIN).hops(1).message(plain().toJson());
        relay.send(node.endpoint, packet);
        mesh.run(100);
        Join join = passedOn();
        assertEquals(node.endpoint.host(), join.rendezvousAddress());
        assertEquals(node.endpoint.port(), join.rendezvousPort());
        assertEquals(NatType.UNRESTRICTED.wire(), join.rendezvousType());
        assertEquals(node.id, join.rendezvousPeerId());
        assertTrue(join.rendezvousDeadline() > WALL_MS);
        assertNull(join.rendezvousRequesterPeerId());
        assertTrue(neighbour.received(PacketType.JOIN).stream()
                .anyMatch(onward -> onward.packetId().equals(packet.build().packetId()) && onward.hops() == 2));
    }

    @Test
    void aJoinThatHasComeFarIsPassedOnAsItIs() {
        relay.join(node, plain(), 2);
        mesh.run(100);
        assertNull(passedOn().rendezvousPeerId());
    }

    /** A reference peer drops what is past its deadline, and a clock at 1970 can name no other. */
    @Test
    void aNodeWhoseClockIsNotSetOffersNothing() {
        mesh.wallAheadMs = 0;
        relay.join(node, plain(), 1);
        mesh.run(100);
        assertNull(passedOn().rendezvousPeerId());
    }

    /** Protocol-v6 §6 case 21, with what D15 lacks. */
    @Test
    @Tag("case-21")
    void aMemberAsksTheRendezvousForTheOneThatJoins() {
        relay.join(node, annotated(WALL_MS), 3);
        mesh.run(100);
        Packet packet = rendezvous.received(PacketType.JOIN).get(0);
        Join join = (Join) Body.of(packet);
        assertEquals(0, packet.hops());
        assertEquals(TestPackets.CLUSTER, packet.id(Field.CLUSTER));
        assertEquals(TestPackets.SUBCLUSTER, packet.id(Field.SUBCLUSTER));
        assertEquals(node.id, join.requester());
        assertEquals(node.endpoint.host(), join.address());
        assertEquals(RESTRICTED, join.rendezvousType());
        assertEquals(JOINER, join.rendezvousRequesterPeerId());
        assertEquals(rendezvous.id, join.rendezvousPeerId());
        assertEquals(1, rendezvous.received(PacketType.JOIN).size());
    }

    /** Protocol-v6 §6 case 20: nobody hears of a join that is dropped, and nobody is asked. */
    private void assertIgnores(DropReason reason, Join join) {
        assertIgnores(reason, ScriptedPeer.member(PacketType.JOIN).hops(3).message(join.toJson()));
    }

    private void assertIgnores(DropReason reason, Packet.Builder packet) {
        mesh.run(1_000);
        neighbour.received.clear();
        rendezvous.received.clear();
        relay.send(node.endpoint, packet);
        mesh.run(100);
        assertEquals(1, node.drops(reason));
        assertTrue(rendezvous.received.isEmpty());
        assertTrue(neighbour.received(PacketType.JOIN).isEmpty());
        assertTrue(neighbour.received(PacketType.INTRO).isEmpty());
    }

    @Test
    @Tag("case-20")
    void aJoinPastItsDeadlineIsIgnored() {
        assertIgnores(DropReason.TOO_LATE, annotated(1));
    }

    @Test
    @Tag("case-20")
    void itsOwnJoinIsIgnored() {
        assertIgnores(DropReason.OWN_PACKET, Join.announcing(node.id, RESTRICTED, "20.8.0.1", 4_444, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31})
    @Tag("case-20")
    void aJoinWhoseClusterIdHasNot32BytesIsIgnored(int bytes) {
        assertIgnores(
                DropReason.OWN_PACKET,
                Packet.builder(PacketType.JOIN)
                        .hops(3)
                        .set(Field.CLUSTER, new byte[bytes])
                        .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                        .message(annotated(WALL_MS).toJson()));
    }

    /** The reference repeats its joins each tick, as they were. */
    @Test
    @Tag("case-20")
    void aJoinThatWasHereIsIgnored() {
        relay.join(node, plain(), 3);
        assertIgnores(DropReason.DUPLICATE, plain());
    }

    /** Clocks that are a day apart must not keep peers apart. */
    @Test
    void aDeadlineThatIsADayPastIsNotLate() {
        relay.join(node, annotated(WALL_MS - 86_400_000), 3);
        mesh.run(100);
        assertEquals(1, rendezvous.received(PacketType.JOIN).size());
    }

    private Join asking(Id asking, Endpoint at, Id wanted) {
        return new Join(
                asking, RESTRICTED, at.host(), at.port(), null, null, null, RESTRICTED, node.id, null, wanted, false);
    }

    private static List<Id> introducedTo(ScriptedPeer peer) {
        return peer.received(PacketType.INTRO).stream()
                .map(packet -> ((Intro) Body.of(packet)).requester())
                .toList();
    }

    @Test
    void aStrangerThatAsksIsIntroducedOnceItHasAnswered() {
        ScriptedPeer stranger = new ScriptedPeer(mesh, 5, NatType.PORT_RESTRICTED, true);
        stranger.join(node, asking(stranger.id, stranger.endpoint, relay.id), 0);
        mesh.run(1_000);
        assertTrue(introducedTo(stranger).contains(relay.id));
        assertTrue(introducedTo(relay).contains(stranger.id));
    }

    @Test
    void aStrangerThatDoesNotAnswerIsIntroducedToNobody() {
        ScriptedPeer stranger = new ScriptedPeer(mesh, 5, NatType.PORT_RESTRICTED, true);
        stranger.silent = true;
        Join asking = asking(stranger.id, stranger.endpoint, relay.id);
        stranger.join(node, asking, 0);
        mesh.run(10_000);
        assertTrue(introducedTo(stranger).isEmpty() && introducedTo(relay).isEmpty());
        int bytes = stranger.received.stream().mapToInt(Packet::size).sum();
        int spent = ControlSeal.mark(ScriptedPeer.member(PacketType.JOIN).message(asking.toJson()))
                .build()
                .size();
        assertTrue(bytes < 2 * spent, bytes + " bytes for " + spent);
    }

    @Test
    void aStrangersOtherJoinsAreDropped() {
        ScriptedPeer stranger = new ScriptedPeer(mesh, 5, NatType.PORT_RESTRICTED, true);
        stranger.join(node);
        mesh.run(100);
        assertEquals(1, node.drops(DropReason.STRANGER));
        assertTrue(stranger.received.isEmpty());
    }

    @Test
    void membersThatNeedNobodyMostlyLeaveTheAnswerToOthers() {
        for (int number = 10; number < 10 + Limits.PEERS_WANTED; number++) {
            new ScriptedPeer(mesh, number, NatType.UNRESTRICTED, false).connectTo(node);
        }
        for (int i = 0; i < 100; i++) {
            Join base = annotated(WALL_MS);
            Join join = new Join(
                    TestPackets.filled(100 + i),
                    RESTRICTED,
                    "20.8.0.1",
                    4_444,
                    null,
                    base.rendezvousAddress(),
                    base.rendezvousPort(),
                    base.rendezvousType(),
                    base.rendezvousPeerId(),
                    base.rendezvousDeadline(),
                    null,
                    false);
            relay.join(node, join, 3);
            mesh.run(10);
        }
        int answers = rendezvous.received(PacketType.JOIN).size();
        assertTrue(answers >= 10 && answers <= 45, answers + " answers");
    }
}
