// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.Subnet;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Ping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighbourhoodTest {

    private static final int BROADCAST = Endpoint.parseAddress("10.0.0.255");
    private static final long LONG_MS = 3_600_000;

    private final TestMesh mesh = new TestMesh();
    private final List<Action.Send> sent = new ArrayList<>();
    private boolean broadcasts = true;

    /** The network brings what goes to its broadcast address to all others. */
    NeighbourhoodTest() {
        mesh.passes = (from, send) -> {
            sent.add(send);
            if (send.to().address() == BROADCAST && send.to().port() == 19777 && broadcasts) {
                mesh.broadcast(from, send.bytes());
            }
            return true;
        };
    }

    private TestMesh.Node onLan(int number) {
        TestMesh.Node node = mesh.start(number);
        node.give(networks(node));
        return node;
    }

    private static Event networks(TestMesh.Node node) {
        return new Event.Networks(List.of(new Subnet(node.endpoint.address(), 24)));
    }

    private List<Action.Send> calls() {
        return sent.stream().filter(send -> send.to().address() == BROADCAST).toList();
    }

    @Test
    void twoAloneFindEachOtherByACall() {
        TestMesh.Node first = onLan(1);
        TestMesh.Node second = onLan(2);
        mesh.run(2_000);
        assertTrue(first.knows(second) && second.knows(first));
    }

    @Test
    void callsAsAReferencePeerWithoutNatTypeCanAnswer() {
        onLan(1);
        mesh.run(1);
        Ping call = (Ping) Body.of((Packet) Packet.decode(calls().get(0).bytes()));
        assertTrue(call.isConnection() && call.isReflection() && call.pingId() != null);
    }

    @Test
    void callsAtTheUsualPortAndAtItsOwn() {
        TestMesh.Node node = mesh.start(1);
        node.give(new Event.Opened(20_000, 20_001, List.of(node.endpoint.address())));
        node.give(networks(node));
        mesh.run(1);
        assertEquals(
                Set.of(19_777, 20_000),
                calls().stream().map(call -> call.to().port()).collect(Collectors.toSet()));
    }

    @Test
    void callsLessAndLessOftenWhileNobodyAnswers() {
        onLan(1);
        mesh.run(LONG_MS);
        long expected = LONG_MS / Timing.LAN_CALL_MAX_MS;
        assertTrue(calls().size() > expected && calls().size() < 2 * expected, calls().size() + " calls");
    }

    @Test
    void doesNotCallWhenItHasPeersEnough() {
        broadcasts = false;
        TestMesh.Node[] others = IntStream.rangeClosed(2, 1 + Limits.PEERS_WANTED)
                .mapToObj(mesh::start)
                .toArray(TestMesh.Node[]::new);
        TestMesh.Node node = mesh.start(1, others);
        mesh.run(5_000);
        node.give(networks(node));
        mesh.run(LONG_MS);
        assertEquals(List.of(), calls());
    }

    @Test
    void saysNothingWhenItIsSwitchedOff() {
        TestMesh.Node node = onLan(1);
        node.give(new Event.Networks(List.of()));
        sent.clear();
        mesh.run(LONG_MS);
        node.give(new Event.Nearby(Endpoint.of("10.0.0.2", 19777)));
        mesh.run(LONG_MS);
        assertEquals(List.of(), sent);
    }

    @Test
    void connectsToWhoIsSaidToBeNearby() {
        broadcasts = false;
        TestMesh.Node first = onLan(1);
        TestMesh.Node second = mesh.start(2);
        first.give(new Event.Nearby(second.endpoint));
        mesh.run(2_000);
        assertTrue(first.knows(second) && second.knows(first));
    }

    @Test
    void sendsNothingOutOfItsNetworks() {
        TestMesh.Node node = onLan(1);
        sent.clear();
        for (String address : List.of("10.0.1.2", "10.0.0.0", "10.0.0.255", "192.0.2.7")) {
            node.give(new Event.Nearby(Endpoint.of(address, 19777)));
        }
        node.give(new Event.Nearby(Endpoint.of("10.0.0.2", 53)));
        assertEquals(List.of(), sent);
        assertEquals(5, node.drops(DropReason.ADDRESS_REFUSED));
    }

    @Test
    void triesFewAtOnceAndNobodyForLong() {
        TestMesh.Node node = onLan(1);
        for (int port = 2_000; port < 3_000; port++) {
            node.give(new Event.Nearby(Endpoint.of("10.0.0.2", port)));
        }
        mesh.run(60_000);
        long tried =
                sent.stream().filter(send -> send.to().address() != BROADCAST).count();
        assertEquals(
                Contact.Reason.NEARBY.contactsMax(),
                sent.stream()
                        .map(Action.Send::to)
                        .filter(to -> to.address() != BROADCAST)
                        .distinct()
                        .count());
        assertEquals(4L * Contact.Reason.NEARBY.contactsMax(), tried);
    }

    @Test
    void callsAgainAtOnceWhenItsLastPeerHasGone() {
        TestMesh.Node first = onLan(1);
        TestMesh.Node second = onLan(2);
        mesh.run(LONG_MS);
        mesh.stop(second);
        sent.clear();
        mesh.run(120_000);
        assertFalse(first.knows(second));
        assertTrue(calls().size() >= 5, calls().size() + " calls");
    }

    @Test
    void callsInSoManyNetworksAndNoMore() {
        TestMesh.Node node = mesh.start(1);
        node.give(new Event.Networks(IntStream.range(0, Limits.SUBNETS_MAX + 1)
                .mapToObj(i -> new Subnet(Endpoint.parseAddress("10.0." + i + ".1"), 24))
                .toList()));
        mesh.run(1);
        assertEquals(Limits.SUBNETS_MAX, sent.size());
    }
}
