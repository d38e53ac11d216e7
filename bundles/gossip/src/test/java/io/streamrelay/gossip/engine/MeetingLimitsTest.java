// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a node remembers of joins, introductions and those who were introduced, at the edge of each table. */
class MeetingLimitsTest {

    private static final int RESTRICTED = NatType.PORT_RESTRICTED.wire();
    private static final long DEADLINE_MS = 1_800_000_000_000L;

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node node = mesh.member(1, NatType.UNRESTRICTED);
    private final List<ScriptedPeer> neighbours = IntStream.rangeClosed(1, 5)
            .mapToObj(number -> new ScriptedPeer(mesh, number, NatType.UNRESTRICTED, false).connectTo(node))
            .toList();
    private final ScriptedPeer first = neighbours.get(0);
    private final ScriptedPeer second = neighbours.get(1);

    MeetingLimitsTest() {
        node.observations.clear();
    }

    private static Join announcing(int number) {
        return Join.announcing(TestPackets.numbered(number), RESTRICTED, "20.8.0.1", 4_444, null);
    }

    private boolean hasHeardOf(ScriptedPeer peer, Id joiner) {
        return peer.received(PacketType.JOIN).stream()
                .anyMatch(packet -> ((Join) Body.of(packet)).requester().equals(joiner));
    }

    private void joins(int number) {
        neighbours.get(number % neighbours.size()).join(node, announcing(number), 3);
    }

    @Test
    void ofJoinsThatWereHereTheOldestAreForgotten() {
        IntStream.rangeClosed(0, Limits.JOINS_MAX).forEach(this::joins);
        mesh.run(1);
        assertEquals(Limits.JOINS_MAX, EngineTable.JOINS.size(node.engine));
        assertEquals(0, node.drops(DropReason.DUPLICATE) + node.drops(DropReason.TOO_MANY));
        joins(1);
        joins(Limits.JOINS_MAX);
        mesh.run(1);
        assertEquals(2, node.drops(DropReason.DUPLICATE));
        joins(0);
        mesh.run(1);
        assertEquals(2, node.drops(DropReason.DUPLICATE));

        mesh.run(10_000);
        first.join(node);
        mesh.run(100);
        assertTrue(hasHeardOf(second, first.id));
    }

    @Test
    void subclustersAreCountedUpToTheLimitAndJoinsOfOthersPassedOnNevertheless() {
        int subclusters = Limits.JOINED_SUBCLUSTERS_MAX + 10;
        for (int number = 0; number < subclusters; number++) {
            first.send(
                    node.endpoint,
                    ScriptedPeer.member(PacketType.JOIN)
                            .set(Field.SUBCLUSTER, TestPackets.numbered(-number))
                            .hops(3)
                            .message(announcing(number).toJson()));
            mesh.run(100);
        }
        assertEquals(Limits.JOINED_SUBCLUSTERS_MAX, EngineTable.JOINED_SUBCLUSTERS.size(node.engine));
        Id last = TestPackets.numbered(subclusters - 1);
        assertTrue(neighbours.stream().anyMatch(peer -> hasHeardOf(peer, last)));
    }

    private void joinsThroughRendezvous(int number, int port) {
        Join join = new Join(
                TestPackets.numbered(number),
                RESTRICTED,
                "20.8.0.1",
                port,
                null,
                second.endpoint.host(),
                second.endpoint.port(),
                NatType.UNRESTRICTED.wire(),
                second.id,
                DEADLINE_MS,
                null,
                false);
        first.join(node, join, 3);
        mesh.run(20);
    }

    private long askedOfRendezvous() {
        return second.received(PacketType.JOIN).stream()
                .filter(packet -> ((Join) Body.of(packet)).rendezvousRequesterPeerId() != null)
                .count();
    }

    @Test
    void ofAnnotatedJoinsThatWereAnsweredTheOldestAreForgotten() {
        IntStream.rangeClosed(0, Limits.RENDEZVOUS_REMEMBERED_MAX)
                .forEach(number -> joinsThroughRendezvous(number, 4_444));
        assertEquals(Limits.RENDEZVOUS_REMEMBERED_MAX, EngineTable.RENDEZVOUS_REMEMBERED.size(node.engine));
        assertEquals(Limits.RENDEZVOUS_REMEMBERED_MAX + 1, askedOfRendezvous());
        joinsThroughRendezvous(1, 5_555);
        assertEquals(Limits.RENDEZVOUS_REMEMBERED_MAX + 1, askedOfRendezvous());
        joinsThroughRendezvous(0, 5_555);
        assertEquals(Limits.RENDEZVOUS_REMEMBERED_MAX + 2, askedOfRendezvous());
    }

    private ScriptedPeer stranger(int number, boolean silent) {
        ScriptedPeer stranger = new ScriptedPeer(mesh, number, NatType.PORT_RESTRICTED, true);
        stranger.silent = silent;
        Endpoint at = stranger.endpoint;
        Join asking = new Join(
                stranger.id,
                RESTRICTED,
                at.host(),
                at.port(),
                null,
                null,
                null,
                RESTRICTED,
                node.id,
                null,
                first.id,
                false);
        stranger.join(node, asking, 0);
        mesh.run(10);
        return stranger;
    }

    @Test
    void strangersThatNeverAnswerKeepNoneOutThatDoes() {
        IntStream.rangeClosed(10, 10 + Limits.RENDEZVOUS_WAITING_MAX).forEach(number -> stranger(number, true));
        assertEquals(Limits.RENDEZVOUS_WAITING_MAX, EngineTable.RENDEZVOUS_WAITING.size(node.engine));
        mesh.run(10_000);
        ScriptedPeer answering = stranger(100, false);
        mesh.run(1_000);
        assertTrue(answering.received(PacketType.INTRO).stream()
                .anyMatch(packet -> ((Intro) Body.of(packet)).requester().equals(first.id)));
        assertEquals(Limits.RENDEZVOUS_WAITING_MAX - 1, EngineTable.RENDEZVOUS_WAITING.size(node.engine));
    }

    @Test
    void introductionsOfMoreThanTheLimitKeepNobodyFromBeingMet() {
        for (int number = 0; number < Limits.ACQUAINTANCES_MAX + 10; number++) {
            Endpoint nowhere = new Endpoint(0x14080000 + number, 4_444);
            first.introduce(node, TestPackets.numbered(number), nowhere, NatType.PORT_RESTRICTED);
            mesh.run(60);
        }
        assertEquals(0, node.drops(DropReason.TOO_MANY));
        assertEquals(Limits.ACQUAINTANCES_MAX, EngineTable.ACQUAINTANCES.size(node.engine));
        mesh.run(10_000);
        ScriptedPeer other = new ScriptedPeer(mesh, 100, NatType.PORT_RESTRICTED, false);
        first.introduce(node, other.id, other.endpoint, other.type);
        mesh.run(1_000);
        assertTrue(node.engine.peers(mesh.nowMs).stream()
                .anyMatch(peer -> peer.id().equals(other.id)));
    }

    @Test
    void ofPairsThatWereIntroducedTheOldestAreForgotten() {
        Turn turn = new Turn(EngineConfig.of(node.id, TestPackets.CLUSTER, List.of()), new Random(1));
        IntroPackets packets = new IntroPackets(turn, new SelfView(turn), new ControlSeal(node.signer, 1));
        Introductions introductions = new Introductions(turn, new PeerTable(), packets);
        List<Peer> peers =
                IntStream.range(0, 182).mapToObj(MeetingLimitsTest::peer).toList();
        Packet asking = ScriptedPeer.member(PacketType.JOIN)
                .message(announcing(0).toJson())
                .build();
        for (int one = 0; one < peers.size(); one++) {
            for (Peer other : peers.subList(one + 1, peers.size())) {
                introductions.onAsked(peers.get(one), other, asking);
            }
            turn.end();
        }
        assertEquals(Limits.INTRODUCTIONS_REMEMBERED_MAX, Tables.size(introductions, "made"));
        introductions.onAsked(peers.get(180), peers.get(181), asking);
        assertEquals(List.of(), turn.end());
        introductions.onAsked(peers.get(0), peers.get(1), asking);
        assertEquals(
                2, turn.end().stream().filter(Action.Send.class::isInstance).count());
    }

    private static Peer peer(int number) {
        Path path = Path.main(new Endpoint(0x14010000 + number, 4_000));
        return new Peer(TestPackets.numbered(number), path, RESTRICTED, true, "0123456789ab", 0);
    }

    @Test
    void ofHostsThatWereSearchedTheOneNotSearchedForLongestIsForgotten() {
        Turn turn = new Turn(EngineConfig.of(node.id, TestPackets.CLUSTER, List.of()), new Random(1));
        Traversal traversal = new Traversal(turn, new PeerTable());
        for (int host = 0; host <= Limits.PUNCHED_HOSTS_MAX; host++) {
            Acquaintance target = new Acquaintance(
                    TestPackets.numbered(host),
                    new Endpoint(0x14010000 + host, 4_000),
                    RESTRICTED,
                    null,
                    null,
                    first.id,
                    false,
                    turn.nowMs());
            traversal.begin(target);
            turn.begin(new Now(turn.nowMs() + Timing.TRAVERSAL_MS, 0));
            for (TimerQueue.Entry due = turn.timers().pollDue(turn.nowMs());
                    due != null;
                    due = turn.timers().pollDue(turn.nowMs())) {
                traversal.due((Punching) due.subject());
            }
        }
        assertEquals(Limits.PUNCHED_HOSTS_MAX, Tables.size(traversal, "budgets"));
    }
}
