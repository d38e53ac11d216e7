// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.Refusal;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Intro;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketIds;
import io.streamrelay.gossip.packet.PacketType;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AcquaintancesTest {

    private static final Id STRANGER = TestPackets.filled(0x44);
    private static final Endpoint NOWHERE = Endpoint.of("20.8.0.1", 4_444);

    /** Protocol-v6 §1.2. */
    private static final int REFERENCE_INTRO_BYTES = 400;

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node node = mesh.member(1, NatType.UNRESTRICTED);
    private final ScriptedPeer introducer = new ScriptedPeer(mesh, 1, NatType.UNRESTRICTED, true).connectTo(node);
    private final ScriptedPeer reference = new ScriptedPeer(mesh, 3, NatType.UNRESTRICTED, false).connectTo(node);
    private final ScriptedPeer other = new ScriptedPeer(mesh, 2, NatType.PORT_RESTRICTED, false);

    private void introduceOther() {
        introducer.introduce(node, other.id, other.endpoint, other.type);
    }

    private boolean isMember(Id peer) {
        int ups = node.observations.lastIndexOf(new Observation.MemberUp(TestPackets.SUBCLUSTER, peer));
        int downs = node.observations.lastIndexOf(new Observation.MemberDown(TestPackets.SUBCLUSTER, peer));
        return ups > downs;
    }

    private List<Packet> streamsTo(ScriptedPeer peer) {
        return peer.received(PacketType.STREAM);
    }

    private void stream(long token) {
        node.give(new Event.Stream(token, other.id, TestMesh.message(TestPackets.sealed((int) token, 360))));
        mesh.run(100);
    }

    /** Protocol-v6 §6 case 23. */
    @Test
    @Tag("case-23")
    void whoIsIntroducedIsPingedAsAMember() {
        introduceOther();
        mesh.run(100);
        Packet ping = other.received(PacketType.PING).get(0);
        assertEquals(TestPackets.CLUSTER, ping.id(Field.CLUSTER));
        assertEquals(TestPackets.SUBCLUSTER, ping.id(Field.SUBCLUSTER));
        assertTrue(isMember(other.id));
        assertTrue(node.engine.peers(mesh.nowMs).stream()
                .anyMatch(peer -> peer.id().equals(other.id) && peer.endpoint().equals(other.endpoint)));
    }

    /** Anybody may write a connected peer's address on a datagram. */
    @Test
    void whoeverClaimsToBeKinWithoutItsKeyIntroducesNobody() {
        Intro intro = new Intro(
                other.id, introducer.id, false, other.type.wire(), other.endpoint.host(), other.endpoint.port(), null);
        introducer.send(
                node.endpoint, ScriptedPeer.member(PacketType.INTRO).hops(2).message(intro.toJson()));
        mesh.run(5_000);
        assertTrue(other.received.isEmpty());
        assertTrue(node.observations.contains(new Observation.Dropped(DropReason.FORGED, introducer.endpoint)));
    }

    @Test
    @Tag("case-23")
    void whoDoesNotAnswerIsPingedThriceAndForFewerBytesThanTwiceTheIntro() {
        other.silent = true;
        long[] bytes = {0, 0};
        mesh.passes = (from, send) -> {
            if (send.to().equals(other.endpoint)) {
                bytes[0]++;
                bytes[1] += send.bytes().length;
            }
            return true;
        };
        reference.introduce(node, other.id, other.endpoint, other.type);
        mesh.run(3_900);
        assertTrue(bytes[0] >= 2 && bytes[0] <= 3, bytes[0] + " pings");
        assertTrue(bytes[1] < 2 * REFERENCE_INTRO_BYTES, bytes[1] + " bytes");
    }

    /** Protocol-v6 §6 case 25. */
    @Test
    @Tag("case-25")
    void introsThatSayNothingNewAreDropped() {
        other.silent = true;
        introducer.introduce(node, node.id, node.endpoint, NatType.UNRESTRICTED);
        mesh.run(100);
        assertEquals(1, node.drops(DropReason.OWN_PACKET));

        introducer.introduce(node, STRANGER, NOWHERE, NatType.PORT_RESTRICTED, Limits.HOPS_MAX);
        mesh.run(100);
        assertEquals(1, node.drops(DropReason.HOPS_EXCEEDED));

        introducer.introduce(node, introducer.id, introducer.endpoint, introducer.type);
        mesh.run(100);
        assertEquals(1, node.drops(DropReason.ALREADY_CONNECTED));

        introduceOther();
        introduceOther();
        mesh.run(100);
        assertEquals(1, node.drops(DropReason.DUPLICATE));
    }

    @Test
    @Tag("case-24")
    void whoDoesNotAnswerInTimeIsAMemberBehindTheIntroducer() {
        other.silent = true;
        introduceOther();
        mesh.run(2_000);
        assertFalse(isMember(other.id));
        mesh.run(100);
        assertTrue(isMember(other.id));

        stream(1);
        assertTrue(streamsTo(other).isEmpty());
        Packet stream = streamsTo(introducer).get(0);
        assertEquals(other.id, stream.id(Field.USR3));
        assertEquals(node.id, stream.id(Field.USR4));
        assertEquals(1, stream.hops());
    }

    @Test
    void whatAMemberBehindTheIntroducerStreamsIsTaken() {
        other.silent = true;
        introduceOther();
        mesh.run(2_100);
        byte[] sealed = TestPackets.sealed(1, 360);
        introducer.send(
                node.endpoint,
                ScriptedPeer.member(PacketType.STREAM)
                        .hops(2)
                        .set(Field.USR1, TestPackets.EVENT)
                        .set(Field.USR3, node.id)
                        .set(Field.USR4, other.id)
                        .set(Field.PACKET, PacketIds.ofMessage(sealed))
                        .message(sealed));
        mesh.run(100);
        assertEquals(other.id, node.delivered.get(0).from());
    }

    /** Protocol-v6 D17. */
    @Test
    void theIntroducerIsLeftOutOnceThePeerAnswers() {
        other.silent = true;
        introduceOther();
        mesh.run(2_100);
        other.silent = false;
        introduceOther();
        mesh.run(3_100);
        introduceOther();
        mesh.run(100);
        stream(1);
        assertEquals(1, streamsTo(other).size());
        assertTrue(streamsTo(introducer).isEmpty());
        assertTrue(isMember(other.id));
    }

    private void behindIntroducer() {
        other.silent = true;
        introduceOther();
        mesh.run(2_100);
    }

    private void behindReference() {
        other.silent = true;
        reference.introduce(node, other.id, new Endpoint(other.endpoint.address(), 5_555), other.type);
        mesh.run(10_000);
    }

    /** Whoever comes last would get all that is meant for it. */
    @Test
    void anIntroducerThatWorksIsKept() {
        behindIntroducer();
        behindReference();
        stream(1);
        assertEquals(1, streamsTo(introducer).size());
        assertTrue(streamsTo(reference).isEmpty());
    }

    @Test
    void whatAKinIntroducesIsNotSnatchedWhileItIsTried() {
        other.silent = true;
        introduceOther();
        mesh.run(1_000);
        behindReference();
        stream(1);
        assertEquals(1, streamsTo(introducer).size());
        assertTrue(streamsTo(reference).isEmpty());
    }

    @Test
    void kinComesBeforeAnIntroducerThatSignsNothing() {
        behindReference();
        stream(1);
        assertEquals(1, streamsTo(reference).size());
        behindIntroducer();
        stream(2);
        assertEquals(1, streamsTo(introducer).size());
        assertEquals(1, streamsTo(reference).size());
    }

    @Test
    void anIntroducerThatHasGoneMakesWay() {
        behindIntroducer();
        introducer.silent = true;
        mesh.run(120_000);
        behindReference();
        stream(1);
        assertEquals(1, streamsTo(reference).size());
        assertTrue(isMember(other.id));
    }

    @Test
    void anIntroducerThatBringsNothingForLongMakesWay() {
        behindIntroducer();
        for (int minutes = 0; minutes < 26; minutes++) {
            reference.join(node, Join.announcing(other.id, other.type.wire(), "20.8.0.1", 4_000 + minutes, null), 2);
            mesh.run(60_000);
        }
        ScriptedPeer third = new ScriptedPeer(mesh, 5, NatType.UNRESTRICTED, true).connectTo(node);
        third.introduce(node, other.id, other.endpoint, other.type);
        mesh.run(10_000);
        stream(1);
        assertEquals(1, streamsTo(third).size());
        assertTrue(streamsTo(introducer).isEmpty());
    }

    @Test
    void whoIsBehindAnIntroducerGoesWithIt() {
        other.silent = true;
        introduceOther();
        mesh.run(2_100);
        introducer.silent = true;
        mesh.run(120_000);
        assertFalse(isMember(other.id));
        stream(1);
        assertTrue(node.answers.stream()
                .anyMatch(answer ->
                        answer instanceof Action.Refused refused && refused.reason() == Refusal.UNKNOWN_PEER));
    }

    @Test
    void whoIsBehindAnIntroducerGoesWhenNothingIsHeardOfItForLong() {
        other.silent = true;
        introduceOther();
        mesh.run(Timing.PROXY_SILENCE_MS);
        assertTrue(isMember(other.id));
        mesh.run(Timing.PROXY_CHECK_MS + 10_000);
        assertFalse(isMember(other.id));
    }

    @Test
    void theIntroducerIsAskedAgainAFewTimes() {
        other.silent = true;
        introduceOther();
        mesh.run(600_000);
        List<Join> askings = askings(introducer);
        assertEquals(Limits.ASKINGS_MAX, askings.size());
        assertEquals(introducer.id, askings.get(0).rendezvousPeerId());
        assertEquals(other.id, askings.get(0).rendezvousRequesterPeerId());
    }

    private void connectMembers(int from, int to) {
        for (int number = from; number < to; number++) {
            new ScriptedPeer(mesh, number, NatType.UNRESTRICTED, true).connectTo(node);
        }
    }

    /** Behind its NAT the other may reach few. */
    @Test
    void whoHasEnoughPeersMeetsThoseAloneThatAskForIt() {
        connectMembers(10, 10 + Limits.PEERS_WELCOME);
        introduceOther();
        mesh.run(100);
        assertTrue(other.received.isEmpty());
        mesh.run(Timing.INTRO_GATE_MS);
        introducer.introduceAsAsked(node, other);
        mesh.run(100);
        assertFalse(other.received(PacketType.PING).isEmpty());
    }

    @Test
    void whoHasMoreThanEnoughMeetsNobodyHalfWay() {
        connectMembers(10, 10 + Limits.PEERS_HELPED);
        introducer.introduceAsAsked(node, other);
        mesh.run(100);
        assertTrue(other.received.isEmpty());
    }

    /** It would ask on and on for what it does not want. */
    @Test
    void whoHasEnoughMembersAsksForNoOther() {
        other.silent = true;
        introduceOther();
        mesh.run(100);
        connectMembers(10, 10 + Limits.MEMBERS_WANTED);
        mesh.run(600_000);
        assertTrue(askings(introducer).isEmpty());
    }

    /** It would pass it on to everybody. */
    @Test
    void aReferencePeerIsNotAskedAgain() {
        other.silent = true;
        reference.introduce(node, other.id, other.endpoint, other.type);
        mesh.run(60_000);
        assertTrue(askings(reference).isEmpty());
    }

    private static List<Join> askings(ScriptedPeer peer) {
        return peer.received(PacketType.JOIN).stream()
                .map(packet -> (Join) Body.of(packet))
                .filter(join -> join.rendezvousRequesterPeerId() != null)
                .toList();
    }

    @Test
    void twoThatNoStrategyHelpsAreBehindTheIntroducerAtOnce() {
        TestMesh.Node symmetric = mesh.member(7, NatType.ENDPOINT_RESTRICTED, List.of(introducer.endpoint.toString()));
        mesh.run(1_000);
        introducer.introduce(symmetric, STRANGER, NOWHERE, NatType.ENDPOINT_RESTRICTED);
        mesh.run(50);
        assertTrue(symmetric.observations.contains(new Observation.MemberUp(TestPackets.SUBCLUSTER, STRANGER)));
    }

    @Test
    void noMoreThanTheLimitAreBehindOthers() {
        for (int i = 0; i <= Limits.PROXIED_MAX; i++) {
            byte[] id = new byte[Id.BYTES];
            id[0] = (byte) (i >> 8);
            id[1] = (byte) i;
            id[2] = 7;
            introducer.introduce(node, Id.of(id), new Endpoint(NOWHERE.address() + i, 4_444), NatType.PORT_RESTRICTED);
            mesh.run(1_000 / Limits.VERIFICATIONS_PER_SECOND);
        }
        mesh.run(10_000);
        long members = node.observations.stream()
                .filter(seen -> seen instanceof Observation.MemberUp)
                .count();
        // The two that are connected are members, too.
        assertEquals(Limits.PROXIED_MAX, members - 2);
    }
}
