// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.PacketType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TraversalTest {

    private static final int INTRO_BYTES = 400;

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node hub = mesh.member(1, NatType.UNRESTRICTED);
    private final ScriptedPeer introducer = new ScriptedPeer(mesh, 1, NatType.UNRESTRICTED, true).connectTo(hub);
    private final ScriptedPeer target = new ScriptedPeer(mesh, 2, NatType.PORT_RESTRICTED, true);
    private final List<Action.Send> sent = new ArrayList<>();

    private TestMesh.Node behind(NatType type) {
        TestMesh.Node node = mesh.member(2, type, List.of(introducer.endpoint.toString()));
        mesh.run(1_000);
        mesh.passes = (from, send) -> {
            if (send.to().address() == target.endpoint.address()) {
                sent.add(send);
            }
            return true;
        };
        return node;
    }

    private int sentBytes() {
        return sent.stream().mapToInt(send -> send.bytes().length).sum();
    }

    @Test
    void aSymmetricSideSearchesFromManySocketsAndGivesUp() {
        TestMesh.Node node = behind(NatType.ENDPOINT_RESTRICTED);
        introducer.introduce(node, target.id, target.endpoint, NatType.PORT_RESTRICTED);
        mesh.run(2_000);
        assertEquals(Limits.PUNCHING_SOCKETS, Set.copyOf(target.punches).size());
        assertEquals(Limits.PUNCHING_SOCKETS, target.punches.size());
        assertEquals(2 + Limits.PUNCHING_SOCKETS, node.sockets.size());
        assertTrue(sentBytes() < 2 * INTRO_BYTES, sentBytes() + " bytes");

        // Meanwhile it asks for the same peer again, which comes to nothing here.
        mesh.run(20_000);
        assertEquals(2, node.sockets.size());
    }

    /** Protocol-v6 §6 case 27. */
    @Test
    @Tag("case-27")
    void thePeerIsBoundToTheSocketThatMetIt() {
        TestMesh.Node node = behind(NatType.ENDPOINT_RESTRICTED);
        introducer.introduce(node, target.id, target.endpoint, NatType.PORT_RESTRICTED);
        mesh.run(2_000);
        Endpoint met = target.punches.get(77);
        mesh.inject(target.endpoint, met, new byte[] {1});
        mesh.run(1_000);
        assertTrue(node.engine.peers(mesh.nowMs).stream().map(PeerInfo::id).anyMatch(target.id::equals));
        assertEquals(3, node.sockets.size());

        sent.clear();
        node.publish(1, TestPackets.sealed(1, 360));
        node.give(new Event.Stream(2, target.id, TestMesh.message(TestPackets.sealed(2, 360))));
        mesh.run(30_000);
        Set<SocketId> used = new LinkedHashSet<>();
        sent.forEach(send -> used.add(send.socket()));
        assertEquals(1, used.size());
        assertTrue(used.iterator().next().isPooled());
        assertTrue(target.received(PacketType.PUBLISH).size() == 1
                && target.received(PacketType.STREAM).size() == 1);
        assertTrue(target.received(PacketType.PING).size() > 2);

        target.silent = true;
        mesh.run(120_000);
        assertEquals(2, node.sockets.size());
    }

    @Test
    void whatComesFromElsewhereIsNoHit() {
        TestMesh.Node node = behind(NatType.ENDPOINT_RESTRICTED);
        introducer.introduce(node, target.id, target.endpoint, NatType.PORT_RESTRICTED);
        mesh.run(2_000);
        sent.clear();
        node.give(new Event.Datagram(SocketId.pooled(5), Endpoint.of("20.66.6.6", 666), new byte[] {1}));
        mesh.run(1_000);
        assertTrue(sent.isEmpty());
    }

    @Test
    void theOtherSideOpensManyPortsAtABearablePace() {
        TestMesh.Node node = behind(NatType.PORT_RESTRICTED);
        introducer.introduce(node, target.id, target.endpoint, NatType.ENDPOINT_RESTRICTED);
        mesh.run(100);
        assertTrue(sent.size() <= 110, sent.size() + " in 100 ms");
        mesh.run(1_000);
        assertEquals(Limits.PUNCHED_PORTS, sent.size());
        assertEquals(Limits.PUNCHED_PORTS, sentBytes());
        assertEquals(
                Limits.PUNCHED_PORTS,
                sent.stream().map(Action.Send::to).distinct().count());
        assertTrue(sent.stream().allMatch(send -> send.to().port() >= 1024));
        assertTrue(sent.stream().anyMatch(send -> send.to().equals(target.endpoint)));
    }

    @Test
    void aByteThatGetsInGoesBackAFewTimes() {
        TestMesh.Node node = behind(NatType.PORT_RESTRICTED);
        introducer.introduce(node, target.id, target.endpoint, NatType.ENDPOINT_RESTRICTED);
        mesh.run(1_500);
        List<Endpoint> opened = sent.stream().map(Action.Send::to).toList();
        sent.clear();
        for (Endpoint port : opened.subList(0, 20)) {
            node.give(new Event.Datagram(SocketId.MAIN, port, new byte[] {1}));
        }
        assertEquals(Limits.PUNCH_ECHOES, sent.size());
        assertEquals(opened.get(0), sent.get(0).to());
    }

    @Test
    void noMoreThanTheLimitAreSearchedForAtOnceAndTheyShareTheSockets() {
        TestMesh.Node node = behind(NatType.ENDPOINT_RESTRICTED);
        for (int i = 0; i <= Limits.TRAVERSALS_MAX; i++) {
            Id id = TestPackets.filled(200 + i);
            introducer.introduce(
                    node, id, new Endpoint(Endpoint.parseAddress("20.7.0.1") + i, 4_000), NatType.PORT_RESTRICTED);
        }
        mesh.run(1_000);
        assertEquals(Limits.TRAVERSALS_MAX, counted(node, "traversal-begun"));
        assertEquals(1, counted(node, "traversal-put-off"));
        assertEquals(2 + Limits.PUNCHING_SOCKETS, node.sockets.size());
    }

    @Test
    void oneThatStillSearchesIsNotBegunAnew() {
        TestMesh.Node node = behind(NatType.PORT_RESTRICTED);
        for (int i = 0; i < 5; i++) {
            Endpoint another = new Endpoint(target.endpoint.address(), 5_000 + i);
            introducer.introduce(node, target.id, another, NatType.ENDPOINT_RESTRICTED);
            mesh.run(100);
        }
        assertEquals(1, counted(node, "traversal-begun"));
        mesh.run(1_000);
        assertEquals(Limits.PUNCHED_PORTS, sent.size());
    }

    @Test
    void oneHostIsSearchedForAFewTimesAMinute() {
        TestMesh.Node node = behind(NatType.PORT_RESTRICTED);
        for (int i = 0; i < 60; i++) {
            Endpoint another = new Endpoint(target.endpoint.address(), 5_000 + i);
            introducer.introduce(node, TestPackets.filled(100 + i), another, NatType.ENDPOINT_RESTRICTED);
            mesh.run(1_000);
        }
        assertEquals(3, counted(node, "traversal-begun"));
        assertEquals(3 * Limits.PUNCHED_PORTS, sent.size());
    }

    private static long counted(TestMesh.Node node, String counter) {
        return node.observations.stream()
                .filter(seen -> seen instanceof Observation.Counted counted
                        && counted.counter().equals(counter))
                .count();
    }
}
