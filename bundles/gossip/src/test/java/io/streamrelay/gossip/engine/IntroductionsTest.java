// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Intro;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class IntroductionsTest {

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node introducer = mesh.member(1, NatType.UNRESTRICTED);

    private ScriptedPeer member(int number) {
        return new ScriptedPeer(mesh, number, NatType.PORT_RESTRICTED, false).connectTo(introducer);
    }

    private static List<Intro> intros(ScriptedPeer peer) {
        return peer.received(PacketType.INTRO).stream()
                .map(packet -> (Intro) Body.of(packet))
                .toList();
    }

    /** Protocol-v6 §6 case 22. */
    @Test
    @Tag("case-22")
    void whoJoinsAndAMemberAreToldOfEachOther() {
        ScriptedPeer member = member(1);
        ScriptedPeer joiner = member(2);
        joiner.join(introducer);
        mesh.run(100);
        Intro toMember = intros(member).get(0);
        Intro toJoiner = intros(joiner).get(0);
        assertEquals(joiner.id, toMember.requester());
        assertEquals(introducer.id, toMember.responder());
        assertEquals(joiner.endpoint.host(), toMember.address());
        assertEquals(joiner.endpoint.port(), toMember.port());
        assertEquals(NatType.PORT_RESTRICTED.wire(), toMember.natType());
        assertEquals(member.id, toJoiner.requester());
        assertEquals(member.endpoint.port(), toJoiner.port());

        Packet packet = joiner.received(PacketType.INTRO).get(0);
        assertEquals(2, packet.hops());
        assertEquals(TestPackets.CLUSTER, packet.id(Field.CLUSTER));
        assertEquals(TestPackets.SUBCLUSTER, packet.id(Field.SUBCLUSTER));
    }

    /** What somebody says of itself may be anybody's address (protocol-v6 D39). */
    @Test
    void tellsWhereItSeesAPeerNotWhereThePeerSaysThatItIs() {
        ScriptedPeer member = member(1);
        ScriptedPeer liar = member(2);
        liar.join(introducer, Join.announcing(liar.id, liar.type.wire(), "20.6.6.6", 666, null), 1);
        mesh.run(100);
        assertEquals(liar.endpoint.host(), intros(member).get(0).address());
    }

    @Test
    void theTimeOfAnIntroIsLeftOutWhileTheClockIsNotSet() {
        mesh.wallAheadMs = 0;
        ScriptedPeer member = member(1);
        member(2).join(introducer);
        mesh.run(100);
        assertFalse(member.received(PacketType.INTRO).get(0).isSet(Field.USR1));

        mesh.wallAheadMs = 1_800_000_000_000L;
        member(3).join(introducer);
        mesh.run(100);
        String time = new String(member.received(PacketType.INTRO).get(1).copy(Field.USR1), StandardCharsets.US_ASCII);
        assertTrue(time.matches("18000000\\d{5}"), time);
    }

    @Test
    void noMoreThanFiveAreToldOfOneJoin() {
        List<ScriptedPeer> members = new ArrayList<>();
        for (int number = 1; number <= 12; number++) {
            members.add(member(number));
        }
        ScriptedPeer joiner = member(50);
        joiner.join(introducer);
        mesh.run(100);
        assertEquals(Limits.INTRODUCTIONS_PER_JOIN, intros(joiner).size());
        long told = members.stream().filter(member -> !intros(member).isEmpty()).count();
        assertEquals(Limits.INTRODUCTIONS_PER_JOIN, told);

        // Its next join brings it together with others.
        mesh.run(30_000);
        joiner.ping(introducer);
        joiner.join(introducer);
        mesh.run(100);
        assertEquals(
                2 * Limits.INTRODUCTIONS_PER_JOIN,
                intros(joiner).stream().map(Intro::requester).distinct().count());
    }

    @Test
    void theSameTwoAreIntroducedEverMoreRarely() {
        ScriptedPeer member = member(1);
        ScriptedPeer joiner = member(2);
        for (int minute = 0; minute < 60; minute++) {
            joiner.join(introducer);
            member.ping(introducer);
            joiner.ping(introducer);
            mesh.run(30_000);
            member.ping(introducer);
            joiner.ping(introducer);
            mesh.run(30_000);
        }
        assertTrue(intros(member).size() >= 5, intros(member).size() + " in an hour");
        assertTrue(intros(member).size() <= 9, intros(member).size() + " in an hour");
    }

    @Test
    void aJoinThatCameByARelayIntroducesNobody() {
        ScriptedPeer member = member(1);
        ScriptedPeer relay = member(2);
        relay.join(
                introducer,
                Join.announcing(TestPackets.filled(0x44), NatType.PORT_RESTRICTED.wire(), "20.8.0.1", 4_444, null),
                3);
        mesh.run(100);
        assertTrue(intros(member).isEmpty() && intros(relay).isEmpty());
    }
}
