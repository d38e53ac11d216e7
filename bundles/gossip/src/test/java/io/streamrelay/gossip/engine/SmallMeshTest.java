// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members that are fewer than each of them would like. */
class SmallMeshTest {

    private static final int MEMBERS = 5;
    private static final int BRIDGE = 250;
    private static final long SETTLED_MS = 600_000;
    private static final long HOUR_MS = 3_600_000;
    private static final long MEETING_MS = 60_000;

    /** Each goes to four peers, and the hour that is looked at may have one repetition, and another for its jitter. */
    private static final int JOINS_MAX = 2 * Limits.FAN_OUT_CONTROL * MEMBERS;

    private final TestMesh mesh = new TestMesh();

    /** Members of which each knows the first one; numbers are theirs alone. */
    private List<TestMesh.Node> members(int fromNumber) {
        List<TestMesh.Node> members = new ArrayList<>();
        members.add(mesh.member(fromNumber, NatType.UNRESTRICTED));
        for (int number = fromNumber + 1; number < fromNumber + MEMBERS; number++) {
            members.add(mesh.member(number, NatType.UNRESTRICTED, members.get(0)));
        }
        return members;
    }

    private static long strangers(TestMesh.Node node, List<TestMesh.Node> all) {
        return all.stream().filter(other -> other != node && !node.knows(other)).count();
    }

    @Test
    void whoHasMetAllThatThereAreHardlyLooksForMore() {
        members(0);
        mesh.run(SETTLED_MS);
        List<Join> joins = new ArrayList<>();
        mesh.passes = (from, send) -> {
            if (Packet.decode(send.bytes()) instanceof Packet packet
                    && packet.type() == PacketType.JOIN
                    && Body.of(packet) instanceof Join join
                    && join.requester().equals(from.id)) {
                joins.add(join);
            }
            return true;
        };
        mesh.run(HOUR_MS);
        assertTrue(joins.size() <= JOINS_MAX, joins.size() + " joins");
    }

    @Test
    void whoComesLaterIsMetByAll() {
        List<TestMesh.Node> members = members(0);
        mesh.run(SETTLED_MS);
        TestMesh.Node late = mesh.member(MEMBERS, NatType.UNRESTRICTED, members.get(0));
        mesh.run(MEETING_MS);
        assertEquals(0, strangers(late, members));
    }

    /** Two meshes that know nothing of each other are found by one node, which takes no part in what they do. */
    @Test
    void twoMeshesThatHaveGivenUpBecomeOne() {
        List<TestMesh.Node> one = members(0);
        List<TestMesh.Node> other = members(MEMBERS);
        mesh.run(SETTLED_MS);
        assertEquals(MEMBERS, strangers(one.get(2), other));
        mesh.startPublic(BRIDGE, one.get(1), other.get(1));
        mesh.run(3 * MEETING_MS);
        for (TestMesh.Node node : one) {
            assertTrue(strangers(node, other) <= 1, strangers(node, other) + " strangers");
        }
    }
}
