// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What members tell each other when parts of a mesh come together again. */
class ReunionTest {

    private static final int MEMBERS = 24;
    private static final long FORMING_MS = 60_000;

    /** Until each part has noticed that the other is out of reach. */
    private static final long APART_MS = 300_000;

    private static final long TOGETHER_MS = 60_000;

    /** For each two of its own accord, as many in answer, and some more; it is 12 when everybody who is back is joined. */
    private static final int JOINS_MAX = 8 * MEMBERS;

    private final TestMesh mesh = new TestMesh();
    private final List<TestMesh.Node> members = new ArrayList<>();

    /** Who has sent its own join, and where to. */
    private record Joining(TestMesh.Node from, Endpoint to) {}

    /** Since the parts have met. */
    private final List<Joining> joins = new ArrayList<>();

    private void form() {
        members.add(mesh.member(0, NatType.UNRESTRICTED));
        for (int number = 1; number < MEMBERS; number++) {
            members.add(mesh.member(number, NatType.UNRESTRICTED, members.get(0)));
        }
        mesh.run(FORMING_MS);
    }

    /** Nothing passes between the two parts. */
    private void part(List<TestMesh.Node> one) {
        mesh.passes = (from, send) -> one.contains(from)
                == one.stream()
                        .anyMatch(node -> node.endpoint.address() == send.to().address());
        mesh.run(APART_MS);
    }

    private void meetAgain() {
        mesh.passes = (from, send) -> {
            if (Packet.decode(send.bytes()) instanceof Packet packet
                    && packet.type() == PacketType.JOIN
                    && Body.of(packet) instanceof Join join
                    && join.requester().equals(from.id)) {
                joins.add(new Joining(from, send.to()));
            }
            return true;
        };
        mesh.run(TOGETHER_MS);
    }

    private static long strangers(TestMesh.Node node, List<TestMesh.Node> others) {
        return others.stream().filter(other -> !node.knows(other)).count();
    }

    @Test
    void whoIsBackAmongEnoughMembersHardlyJoins() {
        form();
        List<TestMesh.Node> one = members.subList(0, MEMBERS / 2);
        List<TestMesh.Node> other = members.subList(MEMBERS / 2, MEMBERS);
        part(one);
        assertEquals(other.size(), strangers(one.get(3), other));
        meetAgain();
        assertTrue(joins.size() <= JOINS_MAX, joins.size() + " joins");
        long ways = one.stream()
                .mapToLong(node -> other.size() - strangers(node, other))
                .sum();
        assertTrue(ways >= 3 * MEMBERS, ways + " connections between the parts");
    }

    @Test
    void whoWasAloneLooksForMembers() {
        form();
        TestMesh.Node lonely = members.get(3);
        part(List.of(lonely));
        meetAgain();
        assertTrue(joins.stream().anyMatch(join -> join.from() == lonely));
        assertTrue(lonely.engine.peers(mesh.nowMs).size() >= Limits.MEMBERS_WANTED);
    }

    /** Who of them finds whom first is different each time. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void whoHasBegunAnewIsToldWhereTheOthersAre(long seed) {
        mesh.seed = seed;
        form();
        List<TestMesh.Node> one = members.subList(0, MEMBERS / 2);
        part(one);
        mesh.stop(members.get(MEMBERS - 1));
        mesh.epoch = 2;
        TestMesh.Node anew = mesh.member(MEMBERS - 1, NatType.UNRESTRICTED, one.toArray(TestMesh.Node[]::new));
        meetAgain();
        List<TestMesh.Node> known = one.stream().filter(anew::knows).toList();
        assertTrue(known.size() >= Limits.MEMBERS_WANTED, known.size() + " peers");
        for (TestMesh.Node node : known) {
            assertTrue(joins.contains(new Joining(node, anew.endpoint)), "node " + members.indexOf(node));
        }
    }
}
