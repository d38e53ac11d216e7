// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.engine.TestNat.Filter;
import io.streamrelay.gossip.packet.PacketType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What peers alone send comes from where no peer is. */
class StraysTest {

    private static final long HEARTBEAT_MS = 15_000;
    private static final long FIRST_TRIES_MS = 10_000;

    private int published;
    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node node = mesh.member(1, NatType.UNRESTRICTED);

    private boolean lists(ScriptedPeer peer) {
        return node.engine.peers(mesh.nowMs).stream()
                .anyMatch(listed -> listed.endpoint().equals(peer.endpoint));
    }

    private byte[] summary() {
        return ScriptedPeer.member(PacketType.SYNC)
                .message(new byte[400])
                .build()
                .bytes();
    }

    /** Whenever it was that the one last heard of the other: a heartbeat would tell up to 18 s later. */
    @ParameterizedTest
    @ValueSource(longs = {0, 2_000, 4_000, 6_000, 8_000, 10_000, 12_000, 14_000})
    void aPeerBehindANatThatIsRenumberedIsFoundWithWhatItSendsNext(long phaseMs) {
        TestNat nat = TestNat.cone(7, Filter.ENDPOINTS_SENT_TO);
        TestMesh.Node mobile = mesh.startBehind(nat, 2, node);
        mobile.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        mesh.run(20_000 + phaseMs);
        for (int move = 1; move <= 3; move++) {
            exchange(mobile, 30);
            String address = "30.0.7." + (90 + move);
            nat.renumber(address);
            exchange(mobile, 1);
            assertTrue(knows(address), "move " + move);
        }
    }

    /** It hears nothing any more, and so it asks: a fifth of a heartbeat after one should have come. */
    @ParameterizedTest
    @ValueSource(longs = {0, 2_000, 4_000, 6_000, 8_000, 10_000, 12_000, 14_000})
    void aPeerBehindANatThatIsRenumberedIsFoundAfterAHeartbeatThoughItSendsNothing(long phaseMs) {
        TestNat nat = TestNat.cone(7, Filter.ENDPOINTS_SENT_TO);
        mesh.startBehind(nat, 2, node);
        mesh.run(60_000 + phaseMs);
        for (int move = 1; move <= 5; move++) {
            String address = "30.0.7." + (90 + move);
            nat.renumber(address);
            mesh.run(HEARTBEAT_MS + HEARTBEAT_MS / 5 + 1_000);
            assertTrue(knows(address), "move " + move);
            mesh.run(40_000);
        }
    }

    private boolean knows(String address) {
        return node.engine.peers(mesh.nowMs).stream()
                .anyMatch(peer -> peer.endpoint().host().equals(address));
    }

    /** Each publishes five times a second. */
    private void exchange(TestMesh.Node mobile, int seconds) {
        for (int tick = 0; tick < 5 * seconds; tick++) {
            for (TestMesh.Node sender : List.of(node, mobile)) {
                int message = ++published;
                sender.give(new Event.Publish(message, TestMesh.message(TestPackets.sealed(message, 360))));
            }
            mesh.run(200);
        }
    }

    @Test
    void whoIsNotListedAndSendsAllTheSameIsAskedAndListed() {
        ScriptedPeer peer = new ScriptedPeer(mesh, 3, NatType.UNRESTRICTED, true);
        mesh.inject(peer.endpoint, node, summary());
        mesh.run(1_000);
        assertTrue(lists(peer));
    }

    /** Its own tries are up to ten seconds apart by then. */
    @Test
    void whoIsLookedForIsAskedAsSoonAsAnythingComesFromThere() {
        ScriptedPeer peer = new ScriptedPeer(mesh, 3, NatType.UNRESTRICTED, true);
        mesh.inject(peer.endpoint, node, summary());
        mesh.run(1_000);
        peer.silent = true;
        mesh.run(120_000);
        int asked = peer.received(PacketType.PING).size();
        while (peer.received(PacketType.PING).size() == asked) {
            mesh.run(100);
        }
        peer.silent = false;
        mesh.run(1_000);
        assertFalse(lists(peer));
        mesh.inject(peer.endpoint, node, summary());
        mesh.run(200);
        assertTrue(lists(peer));
    }

    /** Whoever can make up source addresses has nobody asked more often than a few times in a quarter of a minute. */
    @Test
    void whoIsLookedForAndDoesNotAnswerIsNotAskedForEachDatagram() {
        ScriptedPeer peer = new ScriptedPeer(mesh, 3, NatType.UNRESTRICTED, true);
        mesh.inject(peer.endpoint, node, summary());
        mesh.run(1_000);
        peer.silent = true;
        mesh.run(120_000);
        int asked = peer.received(PacketType.PING).size();
        for (int times = 0; times < 1_500; times++) {
            mesh.inject(peer.endpoint, node, summary());
            mesh.run(10);
        }
        int more = peer.received(PacketType.PING).size() - asked;
        assertTrue(more <= 8, () -> more + " in 15 s");
    }

    @Test
    void whoDoesNotAnswerIsAskedThreeTimesInAQuarterOfAMinuteHoweverMuchItSends() {
        ScriptedPeer peer = new ScriptedPeer(mesh, 3, NatType.UNRESTRICTED, true);
        peer.silent = true;
        for (int times = 0; times < 100; times++) {
            mesh.inject(peer.endpoint, node, summary());
            mesh.run(FIRST_TRIES_MS / 100);
        }
        assertEquals(3, peer.received(PacketType.PING).size());
    }

    /** Source addresses are made up easily. */
    @Test
    void aFloodFromEverywhereKeepsNobodyFromBecomingAPeer() {
        long sent = mesh.sent;
        IntStream.range(0, 2_000)
                .forEach(from -> mesh.inject(
                        Endpoint.of("20.9." + from / 200 + "." + (1 + from % 200), 4_000), node, summary()));
        ScriptedPeer peer = new ScriptedPeer(mesh, 3, NatType.UNRESTRICTED, true);
        peer.ping(node);
        mesh.run(FIRST_TRIES_MS);
        assertTrue(lists(peer));
        assertTrue(mesh.sent - sent < 100, () -> mesh.sent - sent + " datagrams");
    }
}
