// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protocol-v6 §5 point 1 and §6 case 10, with one of our nodes alone. */
class SecondResponderTest {

    private static final String LAN = "10.4.0.1";
    private static final String INTERNET = "20.4.0.1";

    private final TestMesh mesh = new TestMesh();
    private final List<Action.Send> fromProbe = new ArrayList<>();

    private TestMesh.Node node(NatType type, LoneReference reference) {
        TestMesh.Node node = mesh.member(1, type, List.of(reference.main.toString()));
        mesh.passes = (from, send) -> {
            if (from == node && send.socket().equals(SocketId.PROBE)) {
                fromProbe.add(send);
            }
            return true;
        };
        return node;
    }

    @ParameterizedTest(name = "at {0}, asking {1}, behind {2}: {3}")
    @CsvSource({
        LAN + ", 0, UNRESTRICTED, 31",
        LAN + ", 1, UNRESTRICTED, 31",
        LAN + ", 0, PORT_RESTRICTED, 7",
        LAN + ", 1, PORT_RESTRICTED, 7",
        LAN + ", 0, ENDPOINT_RESTRICTED, 5",
        INTERNET + ", 0, UNRESTRICTED, 15",
        INTERNET + ", 1, UNRESTRICTED, 15",
        INTERNET + ", 0, ADDRESS_RESTRICTED, 15",
        INTERNET + ", 1, ADDRESS_RESTRICTED, 15",
        INTERNET + ", 0, PORT_RESTRICTED, 7",
        INTERNET + ", 1, PORT_RESTRICTED, 7",
        INTERNET + ", 0, ENDPOINT_RESTRICTED, 5"
    })
    @Tag("case-10")
    void oneNodeIsTwoRespondersForAReferenceThatMeetsNobodyElse(String at, int first, NatType before, int found) {
        LoneReference reference = new LoneReference(mesh, at, before);
        TestMesh.Node node = node(NatType.UNRESTRICTED, reference);
        mesh.run(6_000);
        assertEquals(List.of(node.id, SecondResponder.of(node.id)), reference.responders());
        assertEquals(found, reference.reflect(first));
    }

    @Test
    void aReferenceThatTakesPartIsLeftAlone() {
        LoneReference reference = new LoneReference(mesh, LAN, NatType.UNRESTRICTED);
        reference.natType = 31;
        node(NatType.UNRESTRICTED, reference);
        mesh.run(60_000);
        assertEquals(1, reference.responders().size());
        assertEquals(List.of(), fromProbe);
    }

    /** It restarted, at the same address. */
    @Test
    void aReferenceThatSaysThatItDoesNotKnowIsHelped() {
        LoneReference reference = new LoneReference(mesh, LAN, NatType.UNRESTRICTED);
        reference.natType = 31;
        node(NatType.UNRESTRICTED, reference);
        mesh.run(20_000);
        reference.natType = null;
        reference.heartbeat();
        mesh.run(6_000);
        assertEquals(2, reference.responders().size());
    }

    @Test
    void aReferenceThatAnswersNothingIsNotTakenForAloneAndHelpEnds() {
        LoneReference silent = new LoneReference(mesh, LAN, NatType.UNRESTRICTED);
        node(NatType.UNRESTRICTED, silent);
        mesh.run(1_200);
        silent.silent = true;
        mesh.run(30_000);
        assertEquals(List.of(), fromProbe);

        LoneReference slow = new LoneReference(mesh, "10.4.0.2", NatType.UNRESTRICTED);
        mesh.member(2, NatType.UNRESTRICTED, List.of(slow.main.toString()));
        long[] second = {0};
        mesh.passes = (from, send) -> {
            second[0] += send.socket().equals(SocketId.PROBE) && send.to().equals(slow.main) ? 1 : 0;
            return true;
        };
        mesh.run(600_000);
        assertTrue(second[0] > 5 && second[0] < Limits.LONE_ROUNDS_MAX, second[0] + " pings");
    }

    @Test
    void aNodeThatCannotBeReachedHelpsNobody() {
        LoneReference reference = new LoneReference(mesh, INTERNET, NatType.UNRESTRICTED);
        node(NatType.PORT_RESTRICTED, reference);
        mesh.run(60_000);
        assertEquals(1, reference.responders().size());
    }

    @Test
    void kinIsNeverHelped() {
        TestMesh.Node first = mesh.start(1);
        mesh.start(2, first);
        mesh.passes = (from, send) -> {
            if (send.socket().equals(SocketId.PROBE)) {
                fromProbe.add(send);
            }
            return true;
        };
        mesh.run(60_000);
        assertEquals(List.of(), fromProbe);
    }

    /** Until the reference has let go of the second id it sends some of its packets there. */
    @Test
    void whatIsSentToTheSecondIdIsForTheNodeAndNoAnswerComesFromThere() {
        LoneReference reference = new LoneReference(mesh, LAN, NatType.UNRESTRICTED);
        TestMesh.Node node = node(NatType.UNRESTRICTED, reference);
        mesh.run(6_000);
        assertEquals(31, reference.reflect(0));
        fromProbe.clear();
        byte[] publish = TestPackets.single(1).withHops(1);
        Endpoint probe = new Endpoint(node.endpoint.address(), node.endpoint.port() + 1);
        mesh.inject(reference.main, node.endpoint, publish);
        mesh.inject(reference.main, probe, publish);
        mesh.inject(reference.main, probe, TestPackets.single(2).withHops(1));
        reference.ping(reference.main, probe, ping -> ping.natType(31));
        mesh.run(30_000);
        assertEquals(2, node.delivered.size());
        assertEquals(List.of(), fromProbe);
    }

    @Test
    void theSecondIdIsNoPeerToOthers() {
        TestMesh.Node node = mesh.member(1, NatType.UNRESTRICTED);
        TestMesh.Node other = mesh.member(2, NatType.UNRESTRICTED, node);
        ScriptedPeer neighbour = new ScriptedPeer(mesh, 9, NatType.UNRESTRICTED, false).connectTo(other);
        Id second = SecondResponder.of(node.id);
        assertNotEquals(node.id, second);
        neighbour.introduce(other, second, new Endpoint(node.endpoint.address(), 19778), NatType.UNRESTRICTED);
        mesh.run(10_000);
        assertTrue(other.observations.stream()
                .noneMatch(seen ->
                        seen instanceof Observation.MemberUp up && up.peer().equals(second)));
    }

    @Test
    void noMoreThanTheLimitAreHelpedAtOnce() {
        List<LoneReference> references = new ArrayList<>();
        List<String> bootstrap = new ArrayList<>();
        for (int i = 0; i < Limits.LONES_MAX + 4; i++) {
            references.add(new LoneReference(mesh, "10.4.0." + (1 + i), NatType.UNRESTRICTED));
            bootstrap.add(references.get(i).main.toString());
        }
        TestMesh.Node node = mesh.member(1, NatType.UNRESTRICTED, bootstrap);
        mesh.run(10_000);
        assertEquals(references.size(), node.engine.peers(mesh.nowMs).size());
        long helped = references.stream()
                .filter(reference -> reference.responders().size() == 2)
                .count();
        assertEquals(Limits.LONES_MAX, helped);
    }

    /** Whatever it asks of the node is a valid packet, which a reference without a type survives (D18). */
    @Test
    void asksNothingThatEndsAReferenceWithoutAType() {
        LoneReference reference = new LoneReference(mesh, LAN, NatType.UNRESTRICTED);
        node(NatType.UNRESTRICTED, reference);
        mesh.run(60_000);
        assertTrue(reference.received.size() > 5);
        assertTrue(reference.received.stream()
                .filter(packet -> packet.type() == PacketType.PING)
                .map(Packet::bytes)
                .allMatch(bytes -> new String(bytes).contains("\"isReflection\":true")));
    }
}
