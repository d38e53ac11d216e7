// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.PacketType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a join goes that has come from farther than one hop: to members, by whoever knows enough of them. */
class FarJoinsTest {

    private static final int CARRIERS = 6;
    private static final Id JOINER = TestPackets.numbered(200);

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node hub = mesh.member(1, NatType.UNRESTRICTED);
    private final List<ScriptedPeer> members = new ArrayList<>();
    private final List<ScriptedPeer> carriers = new ArrayList<>();
    private int peers;

    private ScriptedPeer peer() {
        return new ScriptedPeer(mesh, 2 + peers++, NatType.UNRESTRICTED, true);
    }

    private void connect(int membersAtTheHub) {
        for (int count = 0; count < membersAtTheHub; count++) {
            members.add(peer().connectTo(hub));
        }
        for (int count = 0; count < CARRIERS; count++) {
            carriers.add(peer().connectAsCarrierTo(hub));
        }
        mesh.run(5_000);
        members.forEach(member -> member.received.clear());
        carriers.forEach(carrier -> carrier.received.clear());
    }

    private void aFarJoinComes() {
        Join join = Join.announcing(JOINER, NatType.PORT_RESTRICTED.wire(), "20.8.0.1", 4_444, null);
        carriers.get(0).join(hub, join, 3);
        mesh.run(100);
    }

    /** The hub has joins of its own. */
    private static long joins(List<ScriptedPeer> peers) {
        return peers.stream()
                .flatMap(peer -> peer.received(PacketType.JOIN).stream())
                .filter(packet -> ((Join) Body.of(packet)).requester().equals(JOINER))
                .count();
    }

    @Test
    void itGoesToTwoOfWhomeverWhereMembersAreScarce() {
        connect(Limits.MEMBERS_WANTED - 1);
        aFarJoinComes();
        assertEquals(Limits.JOIN_FAN_OUT_FAR, joins(members) + joins(carriers));
    }

    @Test
    void itGoesToOneMemberWhereThereAreEnough() {
        hub.give(new Event.Unsubscribe(TestPackets.SUBCLUSTER));
        connect(Limits.MEMBERS_WANTED);
        aFarJoinComes();
        assertEquals(1, joins(members));
        assertEquals(0, joins(carriers));
    }

    /** It does not meet the joiner, which nobody can reach who has not been introduced to it. */
    @Test
    void aMemberThatDoesNotMeetTheJoinerPassesItOn() {
        connect(Limits.MEMBERS_WANTED);
        aFarJoinComes();
        assertEquals(1, joins(members));
    }
}
