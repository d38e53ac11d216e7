// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
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
        assertTrue(ways(one, other) >= 3 * MEMBERS, ways(one, other) + " connections between the parts");
    }

    /** Of all that it knew one is left: it asks that one for more. */
    @Test
    void whoWasAloneLooksForMembers() {
        form();
        TestMesh.Node lonely = members.get(3);
        TestMesh.Node left = members.get(0);
        meetAgain();
        BiPredicate<TestMesh.Node, Action.Send> all = mesh.passes;
        part(List.of(lonely));
        joins.clear();
        mesh.passes = (from, send) -> all.test(from, send)
                && (from != lonely || send.to().equals(left.endpoint))
                && (from == left || !send.to().equals(lonely.endpoint));
        mesh.run(TOGETHER_MS);
        assertTrue(joins.contains(new Joining(lonely, left.endpoint)));
        mesh.passes = all;
        mesh.run(TOGETHER_MS);
        assertTrue(lonely.engine.peers(mesh.nowMs).size() >= Limits.MEMBERS_WANTED);
    }

    /** Who of them finds whom first is different each time. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void whoHasBegunAnewLearnsWhatTheOthersTakePartIn(long seed) {
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
        Set<Id> members = anew.engine.peers(mesh.nowMs).stream()
                .filter(peer -> peer.subclusters().contains(TestPackets.SUBCLUSTER))
                .map(PeerInfo::id)
                .collect(Collectors.toSet());
        for (TestMesh.Node node : known) {
            assertTrue(members.contains(node.id), "node " + this.members.indexOf(node));
        }
    }

    /** What was connected before is again, and nobody has to be introduced to anybody. */
    @Test
    void partsThatMeetAgainAreJoinedAsTheyWere() {
        form();
        mesh.run(APART_MS);
        List<TestMesh.Node> one = members.subList(0, MEMBERS / 2);
        List<TestMesh.Node> other = members.subList(MEMBERS / 2, MEMBERS);
        long before = ways(one, other);
        part(one);
        meetAgain();
        assertTrue(ways(one, other) >= before * 9 / 10, ways(one, other) + " of " + before + " connections");
        assertTrue(joins.size() <= MEMBERS / 8, joins.size() + " joins");
    }

    /** Two meshes that have never met: who alone knows somebody of the other is not to stay the only way. */
    @Test
    void oneWayBetweenTwoMeshesBecomesSeveral() {
        TestMesh.Node first = mesh.member(0, NatType.UNRESTRICTED);
        TestMesh.Node second = mesh.member(1, NatType.UNRESTRICTED);
        List<TestMesh.Node> one = new ArrayList<>(List.of(first));
        List<TestMesh.Node> other = new ArrayList<>(List.of(second));
        for (int number = 2; number < MEMBERS; number++) {
            boolean isOdd = number % 2 == 1;
            (isOdd ? other : one).add(mesh.member(number, NatType.UNRESTRICTED, isOdd ? second : first));
        }
        mesh.run(APART_MS);
        assertEquals(0, ways(one, other));
        one.get(5).lookFor(other.get(5));
        mesh.run(Timing.WAYS_MS / 2);
        assertEquals(1, ways(one, other));
        mesh.run(2 * Timing.WAYS_MS);
        assertTrue(ways(one, other) > Limits.WAYS_WANTED, ways(one, other) + " connections");
    }

    private long ways(List<TestMesh.Node> one, List<TestMesh.Node> other) {
        return one.stream()
                .mapToLong(node -> other.size() - strangers(node, other))
                .sum();
    }
}
