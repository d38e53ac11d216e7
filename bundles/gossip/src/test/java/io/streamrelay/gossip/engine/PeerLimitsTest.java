// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.PeerIds;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Pong;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a node remembers of peers, at the edge of each table. */
class PeerLimitsTest {

    private static final String PING_ID = "0123456789ab";
    private static final int UNRESTRICTED = NatType.UNRESTRICTED.wire();

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node node = mesh.member(1, NatType.UNRESTRICTED);

    private ScriptedPeer connected(int number) {
        return new ScriptedPeer(mesh, number, NatType.UNRESTRICTED, false).connectTo(node);
    }

    private boolean isListed(ScriptedPeer peer) {
        return node.engine.peers(mesh.nowMs).stream()
                .anyMatch(listed -> listed.id().equals(peer.id));
    }

    private List<ScriptedPeer> fill() {
        List<ScriptedPeer> all = new ArrayList<>();
        for (int number = 1; number <= Limits.PEERS_MAX; number++) {
            all.add(connected(number));
            assertTrue(isListed(all.get(number - 1)));
        }
        assertEquals(0, node.drops(DropReason.TABLE_FULL));
        return all;
    }

    /** Else those who know this node alone would never be introduced to anybody. */
    @Test
    void whoHasHadItsTurnAtAFullNodeMakesRoomAndIsTurnedAwayUntilSomebodyHasGone() {
        List<ScriptedPeer> all = fill();
        ScriptedPeer first = all.get(0);
        ScriptedPeer longest = all.get(Limits.PEERS_STEADY);
        mesh.run(Timing.TURN_MS);
        ScriptedPeer late = connected(Limits.PEERS_MAX + 1);
        assertTrue(isListed(late));
        assertFalse(isListed(longest.connectTo(node)));
        assertTrue(node.drops(DropReason.TABLE_FULL) > 0);
        assertEquals(Limits.PEERS_MAX, EngineTable.PEERS.size(node.engine));

        first.silent = true;
        mesh.run((long) (Timing.SILENCE_HEARTBEATS * Timing.REFERENCE_KEEPALIVE_MS) + 60_000);
        assertFalse(isListed(first));
        assertTrue(isListed(longest.connectTo(node)));
        assertEquals(Limits.PEERS_MAX, EngineTable.PEER_ADDRESSES.size(node.engine));
    }

    /** However many strangers come, they cannot make a node lose all whom it knew before. */
    @Test
    void whoCameFirstStaysHoweverManyOthersCome() {
        List<ScriptedPeer> first = fill().subList(0, Limits.PEERS_STEADY);
        for (int number = 1; number <= Limits.PEERS_MAX; number++) {
            connected(Limits.PEERS_MAX + number);
            mesh.run(Timing.TURN_MS / 64);
        }
        assertTrue(node.observations.contains(new Observation.Counted("peer-made-room", 1)));
        assertTrue(first.stream().allMatch(this::isListed));
    }

    /** Where many come many have gone: nobody who is there waits for their places until the silence is long enough. */
    @Test
    void whoDoesNotAnswerMakesRoomFirstAndNobodyElseOfThoseWhoCameFirst() {
        List<ScriptedPeer> first = fill().subList(0, Limits.PEERS_STEADY);
        ScriptedPeer gone = first.get(3);
        gone.silent = true;
        long untilMs = mesh.nowMs + Timing.TURN_MS / 2;
        for (int number = Limits.PEERS_MAX + 1; isListed(gone) && mesh.nowMs < untilMs; number++) {
            connected(number);
        }
        assertEquals(
                List.of(gone), first.stream().filter(peer -> !isListed(peer)).toList());
        assertEquals(Limits.PEERS_MAX, EngineTable.PEERS.size(node.engine));
    }

    /** In a large network there is always somebody who wants in. */
    @Test
    void whereNobodyHasGoneFewAreAskedHoweverManyKnock() {
        List<ScriptedPeer> first = fill().subList(0, Limits.PEERS_STEADY);
        for (int number = 1; number <= 2 * Limits.PEERS_MAX; number++) {
            connected(Limits.PEERS_MAX + number);
        }
        assertTrue(first.stream().allMatch(this::isListed));
        long spanMs = 4 * Timing.REFERENCE_HEARTBEAT_MS;
        long atFirst = pings(first);
        mesh.run(spanMs);
        long whileQuiet = pings(first) - atFirst;
        long untilMs = mesh.nowMs + spanMs;
        for (int number = 3 * Limits.PEERS_MAX; mesh.nowMs < untilMs; number++) {
            connected(number);
        }
        long asked = (spanMs / Timing.CROWD_LOOK_MAX_MS + 1) * Limits.CROWD_ASKED;
        assertTrue(pings(first) - atFirst - whileQuiet <= whileQuiet * 6 / 5 + asked, "asked too often");
    }

    private static long pings(List<ScriptedPeer> peers) {
        return peers.stream()
                .mapToLong(peer -> peer.received(PacketType.PING).size())
                .sum();
    }

    @Test
    void aPeerIsAMemberOfNoMoreSubclustersThanTheLimit() {
        ScriptedPeer peer = connected(1);
        for (int number = 0; number < 2 * Limits.PEER_SUBCLUSTERS_MAX; number++) {
            Ping ping =
                    Ping.builder(peer.id).natType(UNRESTRICTED).pingId(PING_ID).build();
            peer.send(
                    node.endpoint,
                    ScriptedPeer.member(PacketType.PING)
                            .set(Field.SUBCLUSTER, TestPackets.numbered(number))
                            .message(ping.toJson()));
        }
        mesh.run(100);
        assertEquals(
                Limits.PEER_SUBCLUSTERS_MAX,
                node.engine.peers(mesh.nowMs).get(0).subclusters().size());
        mesh.inject(peer.endpoint, node, TestPackets.single(1).withHops(1));
        mesh.run(1);
        assertEquals(1, node.delivered.size());
    }

    @Test
    void whoIsNotConnectedYetIsAMemberOfNoMoreSubclusters() {
        Contact contact = new Contact(Path.main(at(1)), null, Contact.Reason.HEARD_OF, PING_ID);
        Proxies proxies = new Proxies(new PeerTable());
        for (int number = 0; number <= Limits.PEER_SUBCLUSTERS_MAX; number++) {
            contact.joined(TestPackets.numbered(number));
            boolean news = proxies.add(node.id, peer(1), TestPackets.numbered(number), 0);
            assertEquals(number < Limits.PEER_SUBCLUSTERS_MAX, news);
        }
        assertEquals(Limits.PEER_SUBCLUSTERS_MAX, contact.subclusters().size());
        assertEquals(
                Limits.PEER_SUBCLUSTERS_MAX,
                proxies.remove(node.id).subclusters().size());
    }

    private static Endpoint at(int number) {
        return new Endpoint(0x14010000 + number, 4_000);
    }

    private static Peer peer(int number) {
        return new Peer(TestPackets.numbered(number), Path.main(at(number)), UNRESTRICTED, false, PING_ID, 0);
    }

    private Turn turn() {
        return new Turn(EngineConfig.of(node.id, TestPackets.CLUSTER, List.of()), new Random(1));
    }

    @Test
    void ofOthersClocksTheOneThatWasNotUsedForLongestIsForgotten() {
        PeerClocks clocks = new PeerClocks(turn());
        for (int number = 0; number <= Limits.CLOCKS_MAX; number++) {
            clocks.heard(at(number), 10_000L);
        }
        assertEquals(Limits.CLOCKS_MAX, Tables.size(clocks, "aheadOfMonotonicMs"));
        assertEquals(0, clocks.ageMs(peer(0), 9_000));
        assertEquals(1_000, clocks.ageMs(peer(1), 9_000));
        assertEquals(1_000, clocks.ageMs(peer(Limits.CLOCKS_MAX), 9_000));
    }

    @Test
    void whoHasSignedIsRememberedUpToTheLimit() {
        Authenticity authenticity = new Authenticity(turn(), new PeerTable(), new ControlSeal(node.signer, 1));
        for (int number = 0; number <= Limits.SIGNERS_MAX; number++) {
            assertEquals(Authenticity.Verdict.SIGNED, judge(authenticity, number));
        }
        assertEquals(Limits.SIGNERS_MAX, authenticity.size());
        assertFalse(authenticity.isSigner(signer(0)));
        assertTrue(authenticity.isSigner(signer(1)));
        assertTrue(authenticity.isSigner(signer(Limits.SIGNERS_MAX)));
    }

    private static Id signer(int number) {
        return PeerIds.of(TestPackets.numbered(number));
    }

    private Authenticity.Verdict judge(Authenticity authenticity, int number) {
        Pong pong = Pong.builder(node.id, signer(number))
                .natType(UNRESTRICTED)
                .isConnection(true)
                .pingId(PING_ID)
                .build();
        ControlSeal seal = new ControlSeal(new StandInSigner(TestPackets.numbered(number)), number);
        return authenticity.judge(seal.sign(Packet.builder(PacketType.PONG).message(pong.toJson())), pong);
    }
}
