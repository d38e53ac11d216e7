// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.engine.TestNat.Filter;
import io.streamrelay.gossip.packet.PacketType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Protocol-v6 §3.8, conformance case 11, and the dead ends D30 to D36. */
class ReflectionTest {

    private final TestMesh mesh = new TestMesh();

    static Stream<Arguments> nats() {
        return Stream.of(
                Arguments.of(NatType.UNRESTRICTED, TestNat.cone(1, Filter.NOBODY_IS_FILTERED)),
                Arguments.of(NatType.ADDRESS_RESTRICTED, TestNat.cone(1, Filter.ADDRESSES_SENT_TO)),
                Arguments.of(NatType.PORT_RESTRICTED, TestNat.cone(1, Filter.ENDPOINTS_SENT_TO)),
                Arguments.of(NatType.ENDPOINT_RESTRICTED, TestNat.symmetric(1)));
    }

    private TestMesh.Node[] responders(int count) {
        TestMesh.Node[] responders = new TestMesh.Node[count];
        for (int i = 0; i < count; i++) {
            responders[i] = mesh.startPublic(i + 1);
        }
        return responders;
    }

    private static List<NatType> announced(TestMesh.Node node) {
        List<NatType> types = new ArrayList<>();
        for (Observation seen : node.observations) {
            if (seen instanceof Observation.SelfChanged changed
                    && (types.isEmpty() || types.get(types.size() - 1) != changed.natType())) {
                types.add(changed.natType());
            }
        }
        return types;
    }

    private static long asked(TestMesh.Node from, Action.Send send) {
        boolean isPing = send.bytes()[4] == PacketType.PING.wire();
        return isPing && new String(send.bytes()).contains("reflectionId") ? 1 : 0;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nats")
    @Tag("case-11")
    void twoRespondersTellTheType(NatType type, TestNat nat) {
        TestMesh.Node node = mesh.startBehind(nat, 9, responders(2));
        mesh.run(5_000);
        assertEquals(type, node.engine.natType());
        assertTrue(announced(node).size() <= 2, "announced " + announced(node));
        assertEquals("30.0.1.1", node.engine.reflexive().host());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nats")
    void aLossOfThirtyPercentDelaysTheTypeAndDoesNotChangeIt(NatType type, TestNat nat) {
        int wrong = 0;
        for (int seed = 0; seed < 20; seed++) {
            nat.forget();
            TestMesh lossy = new TestMesh();
            Random random = new Random(seed);
            lossy.passes = (from, send) -> random.nextInt(10) >= 3;
            TestMesh.Node[] responders = {lossy.startPublic(1), lossy.startPublic(2), lossy.startPublic(3)};
            TestMesh.Node node = lossy.startBehind(nat, 9, responders);
            lossy.run(60_000);
            wrong += node.engine.natType() == type ? 0 : 1;
            assertTrue(announced(node).size() <= 2, "announced " + announced(node) + " with seed " + seed);
        }
        assertEquals(0, wrong);
    }

    @Test
    void aNodeWithoutTranslationIsUnrestricted() {
        TestMesh.Node[] responders = responders(2);
        TestMesh.Node node = mesh.startPublic(9, responders);
        mesh.run(5_000);
        assertEquals(List.of(NatType.UNRESTRICTED), announced(node));
    }

    @Test
    void aFirewallWithoutTranslationIsFound() {
        TestMesh.Node[] responders = responders(2);
        TestMesh.Node node = mesh.startPublic(9, responders);
        mesh.passes = (from, send) -> !(from != node && send.socket().equals(SocketId.PROBE));
        mesh.run(5_000);
        assertEquals(NatType.PORT_RESTRICTED, node.engine.natType());
    }

    @Test
    void oneResponderAloneIsEnoughToJoinAndASecondTellsMore() {
        TestMesh.Node first = mesh.startPublic(1);
        TestMesh.Node second = mesh.startPublic(2);
        TestNat nat = TestNat.cone(1, Filter.ADDRESSES_SENT_TO);
        TestMesh.Node node = mesh.startBehind(nat, 9, first);
        mesh.run(60_000);
        assertEquals(NatType.PORT_RESTRICTED, node.engine.natType());
        assertTrue(first.knows(node));

        second.give(new Event.Configured(EngineConfig.of(second.id, TestPackets.CLUSTER, List.of("20.0.0.1:19777"))));
        node.give(new Event.Configured(
                EngineConfig.of(node.id, TestPackets.CLUSTER, List.of("20.0.0.1:19777", "20.0.0.2:19777"))));
        mesh.run(5_000);
        assertEquals(NatType.ADDRESS_RESTRICTED, node.engine.natType());
    }

    /** The second peer has one responder alone, so it calls itself port-restricted and is asked for no probes. */
    @Test
    void peersThatServeNoProbesStillShowASymmetricNat() {
        TestMesh.Node open = mesh.startPublic(1);
        TestMesh.Node second = mesh.startBehind(TestNat.cone(2, Filter.NOBODY_IS_FILTERED), 2, open);
        TestMesh.Node node = mesh.startBehind(TestNat.symmetric(1), 9, open);
        mesh.run(1_000);
        assertEquals(NatType.PORT_RESTRICTED, node.engine.natType());
        node.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        second.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        mesh.run(30_000);
        assertTrue(node.knows(second));
        assertEquals(NatType.PORT_RESTRICTED, second.engine.natType());
        assertEquals(NatType.ENDPOINT_RESTRICTED, node.engine.natType());
    }

    static Stream<Arguments> configured() {
        return Stream.of(
                Arguments.of(NatType.ADDRESS_RESTRICTED, false, NatType.ADDRESS_RESTRICTED, null),
                Arguments.of(NatType.UNRESTRICTED, true, NatType.UNKNOWN, null),
                Arguments.of(NatType.UNRESTRICTED, false, NatType.UNKNOWN, "30.0.1.1:19777"));
    }

    @ParameterizedTest(name = "{0}, indexed {1}, publicAddress {3}")
    @MethodSource("configured")
    void whatIsConfiguredIsNotMeasured(NatType type, boolean indexed, NatType nat, String publicEndpoint) {
        TestMesh.Node[] responders = responders(2);
        TestMesh.Node node = mesh.startBehind(TestNat.symmetric(1), 9, responders);
        EngineConfig defaults =
                EngineConfig.of(node.id, TestPackets.CLUSTER, List.of("20.0.0.1:19777", "20.0.0.2:19777"));
        node.give(new Event.Configured(new EngineConfig(
                node.id,
                TestPackets.CLUSTER,
                indexed,
                nat,
                publicEndpoint,
                defaults.bootstrap(),
                defaults.heartbeatMs(),
                defaults.carriedBytesMax(),
                defaults.backlogBytesMax(),
                true,
                defaults.messageBytesMax())));
        long[] asked = {0};
        mesh.passes = (from, send) -> {
            asked[0] += from == node && new String(send.bytes()).contains("robe") ? 1 : 0;
            return true;
        };
        mesh.run(60_000);
        assertEquals(type, node.engine.natType());
        assertEquals(0, asked[0]);

        node.give(new Event.Configured(defaults));
        mesh.run(5_000);
        assertEquals(NatType.ENDPOINT_RESTRICTED, node.engine.natType());
    }

    @Test
    void measuresAgainWhenItsHostHasOtherAddresses() {
        TestMesh.Node node = mesh.startBehind(TestNat.cone(1, Filter.NOBODY_IS_FILTERED), 9, responders(2));
        mesh.run(60_000);
        long[] probes = {0};
        mesh.passes = (from, send) -> {
            probes[0] += from == node && send.socket().equals(SocketId.PROBE) ? 1 : 0;
            return true;
        };
        node.give(new Event.AddressesChanged(List.of(node.endpoint.address(), Endpoint.parseAddress("172.17.0.1"))));
        mesh.run(5_000);
        assertEquals(1, probes[0]);
        assertEquals(NatType.UNRESTRICTED, node.engine.natType());
        assertEquals(List.of(NatType.PORT_RESTRICTED, NatType.UNRESTRICTED), announced(node));
    }

    @Test
    void anIdleNodeMeasuresAgainAfterTenMinutesAndThenEverMoreRarely() {
        TestMesh.Node[] responders = responders(3);
        TestMesh.Node node = mesh.startBehind(TestNat.cone(1, Filter.ENDPOINTS_SENT_TO), 9, responders);
        mesh.run(60_000);
        long[] bytes = {0, 0};
        mesh.passes = (from, send) -> {
            boolean reflects = new String(send.bytes()).contains("reflectionId");
            bytes[0] += reflects ? send.bytes().length : 0;
            bytes[1] += from == node && send.socket().equals(SocketId.PROBE) ? 1 : 0;
            return true;
        };
        mesh.run(2 * 600_000);
        assertEquals(1, bytes[1], "in the first twenty minutes");
        mesh.run(2 * 3_600_000);
        assertTrue(bytes[1] >= 3 && bytes[1] <= 5, "measured " + bytes[1] + " times");
        mesh.run(4 * 3_600_000);
        assertTrue(bytes[1] >= 6 && bytes[1] <= 9, "measured " + bytes[1] + " times");
        assertTrue(bytes[0] / 22_800 < 7, bytes[0] / 22_800 + " bytes/s");
        assertEquals(List.of(NatType.PORT_RESTRICTED), announced(node));
    }

    /** The NAT lets in whom a probe of ours went to: it must not look open to everybody because of that. */
    @Test
    void whoeverItHasServedDoesNotServeItSoon() {
        TestMesh.Node[] responders = responders(2);
        TestMesh.Node node = mesh.startBehind(TestNat.cone(1, Filter.ADDRESSES_SENT_TO), 9, responders);
        for (TestMesh.Node responder : responders) {
            responder.give(new Event.Configured(
                    EngineConfig.of(responder.id, TestPackets.CLUSTER, List.of("20.0.0.1:19777", "20.0.0.2:19777"))));
        }
        mesh.run(4 * 3_600_000);
        assertEquals(List.of(NatType.PORT_RESTRICTED, NatType.ADDRESS_RESTRICTED), announced(node));
    }

    /** D30. */
    @Test
    void followsItsExternalAddressAndMeasuresAgain() {
        TestMesh.Node[] responders = responders(3);
        TestNat nat = TestNat.cone(1, Filter.ADDRESSES_SENT_TO);
        TestMesh.Node node = mesh.startBehind(nat, 9, responders);
        mesh.run(10_000);
        assertEquals(NatType.ADDRESS_RESTRICTED, node.engine.natType());
        nat.renumber("30.0.1.77");
        mesh.run(40_000);
        assertEquals("30.0.1.77", node.engine.reflexive().host());
        assertEquals(NatType.ADDRESS_RESTRICTED, node.engine.natType());
        assertTrue(responders[0].engine.peers(mesh.nowMs).stream()
                .anyMatch(peer -> peer.endpoint().host().equals("30.0.1.77")));
    }

    /** D30: the address changes while an attempt is under way. */
    @Test
    void anAddressThatChangesMidRunDoesNotSpoilTheType() {
        for (int afterMs = 0; afterMs < 2_000; afterMs += 40) {
            TestMesh moving = new TestMesh();
            TestMesh.Node[] responders = {moving.startPublic(1), moving.startPublic(2), moving.startPublic(3)};
            TestNat nat = TestNat.cone(1, Filter.ADDRESSES_SENT_TO);
            TestMesh.Node node = moving.startBehind(nat, 9, responders);
            moving.run(afterMs);
            nat.renumber("30.0.1.77");
            moving.run(60_000);
            assertEquals(NatType.ADDRESS_RESTRICTED, node.engine.natType(), "renumbered after " + afterMs + " ms");
            assertEquals("30.0.1.77", node.engine.reflexive().host());
        }
    }

    /** D31. */
    @Test
    void neighboursOnTheLanDoNotDisturbWhatTheInternetShows() {
        TestMesh.Node[] responders = responders(2);
        TestNat nat = TestNat.cone(1, Filter.NOBODY_IS_FILTERED);
        TestMesh.Node neighbour = mesh.startBehind(nat, 8, responders);
        TestMesh.Node node = mesh.startBehind(nat, 9, neighbour, responders[0], responders[1]);
        mesh.run(10_000);
        assertEquals(NatType.UNRESTRICTED, node.engine.natType());
        assertEquals("30.0.1.1", node.engine.reflexive().host());
        assertTrue(node.knows(neighbour));
        mesh.run(60_000);
        assertEquals("30.0.1.1", neighbour.engine.reflexive().host());
    }

    /** D31: without the Internet the LAN is all there is. */
    @Test
    void threeBehindOneNatWithoutTheInternetAreUnrestrictedToEachOther() {
        TestNat nat = TestNat.symmetric(1);
        TestMesh.Node first = mesh.startBehind(nat, 1);
        TestMesh.Node second = mesh.startBehind(nat, 2, first);
        TestMesh.Node third = mesh.startBehind(nat, 3, first, second);
        mesh.run(10_000);
        for (TestMesh.Node node : List.of(first, second, third)) {
            assertEquals(List.of(NatType.UNRESTRICTED), announced(node));
            assertEquals(node.endpoint, node.engine.reflexive());
        }
    }

    /** D32: both responders have been asked before. */
    @Test
    void twoRespondersServeAgainAndAgain() {
        TestMesh.Node[] responders = responders(2);
        TestNat nat = TestNat.cone(1, Filter.ADDRESSES_SENT_TO);
        TestMesh.Node node = mesh.startBehind(nat, 9, responders);
        for (int renumbered = 2; renumbered < 20; renumbered++) {
            mesh.run(45_000);
            assertEquals(NatType.ADDRESS_RESTRICTED, node.engine.natType(), "before address " + renumbered);
            nat.renumber("30.0.1." + renumbered);
        }
    }

    /** D33. */
    @Test
    void noiseOnTheProbePortDoesNothing() {
        TestMesh.Node[] responders = responders(2);
        TestMesh.Node node = mesh.startBehind(TestNat.cone(1, Filter.NOBODY_IS_FILTERED), 9, responders);
        for (int i = 0; i < 500; i++) {
            mesh.run(10);
            node.give(new Event.Datagram(SocketId.PROBE, Endpoint.of("20.6.6.6", 666), new byte[] {1}));
        }
        assertEquals(NatType.UNRESTRICTED, node.engine.natType());
    }

    /** D34. */
    @Test
    void aDeadResponderIsNotAskedForEver() {
        for (int dead = 0; dead < 3; dead++) {
            TestMesh some = new TestMesh();
            TestMesh.Node[] responders = {some.startPublic(1), some.startPublic(2), some.startPublic(3)};
            TestMesh.Node silent = responders[dead];
            TestMesh.Node node = some.startBehind(TestNat.cone(1, Filter.NOBODY_IS_FILTERED), 9, responders);
            // It connects, and then answers no question of reflection any more.
            some.passes = (from, send) -> from != silent || !new String(send.bytes()).contains("reflectionId");
            some.run(20_000);
            assertEquals(NatType.UNRESTRICTED, node.engine.natType(), "with responder " + dead + " dead");
        }
    }

    /** D34 with two responders: when the first does not tell the port, the second gets its turn. */
    @Test
    void aResponderThatFiltersProbesMakesWayForTheOther() {
        TestMesh.Node[] responders = responders(2);
        TestMesh.Node node = mesh.startBehind(TestNat.cone(1, Filter.ADDRESSES_SENT_TO), 9, responders);
        TestMesh.Node[] deaf = {null};
        mesh.passes = (from, send) -> {
            boolean stageOne = from == node && send.socket().equals(SocketId.PROBE);
            if (stageOne && deaf[0] == null) {
                deaf[0] = send.to().equals(responders[0].endpoint) ? responders[0] : responders[1];
            }
            return !stageOne || !send.to().equals(deaf[0].endpoint);
        };
        mesh.run(3_600_000);
        assertEquals(NatType.ADDRESS_RESTRICTED, node.engine.natType());
    }

    /** D35. */
    @Test
    void oneBootstrapPeerIsAskedNoMoreOftenAsTimeGoesBy() {
        TestMesh.Node bootstrap = mesh.startPublic(1);
        TestMesh.Node node = mesh.startBehind(TestNat.cone(1, Filter.NOBODY_IS_FILTERED), 9, bootstrap);
        mesh.run(60_000);
        long[] asked = {0};
        mesh.passes = (from, send) -> {
            asked[0] += from == node ? asked(from, send) : 0;
            return true;
        };
        mesh.run(3_600_000);
        assertEquals(0, asked[0]);
    }

    /** D34, D35: whoever does not answer is asked ever more rarely, and so often at a time. */
    @Test
    void attemptsThatComeToNothingBecomeRare() {
        List<Long> asked = new ArrayList<>();
        mesh.passes = (from, send) -> {
            if (send.socket().equals(SocketId.PROBE) && asked(from, send) > 0) {
                asked.add(mesh.nowMs);
                return false;
            }
            return true;
        };
        mesh.startBehind(TestNat.cone(1, Filter.NOBODY_IS_FILTERED), 9, responders(2));
        mesh.run(3_600_000);
        long together = 1;
        for (int i = 1; i < asked.size(); i++) {
            together = asked.get(i) - asked.get(i - 1) <= Timing.REFLECTION_PORT_MS ? together + 1 : 1;
            assertTrue(together <= Limits.REFLECTION_PORT_ROUNDS, together + " questions in one attempt");
        }
        assertEquals(Limits.REFLECTION_PORT_ROUNDS, together);
        assertTrue(asked.size() < 130, "asked " + asked.size() + " times in an hour");
    }

    @Test
    void anAttemptWithoutAnswersEndsAfterItsRounds() {
        TestMesh.Node[] responders = responders(2);
        TestMesh.Node node = mesh.startBehind(TestNat.cone(1, Filter.NOBODY_IS_FILTERED), 9, responders);
        long[] rounds = {0, 0};
        mesh.passes = (from, send) -> {
            boolean asks = from == node && new String(send.bytes()).contains("probeExternalPort");
            rounds[0] += asks && send.to().equals(responders[0].endpoint) ? 1 : 0;
            rounds[1] += asks && send.to().equals(responders[1].endpoint) ? 1 : 0;
            return !asks;
        };
        // The first attempt begins within a second, lasts for four, and the next waits for at least one.
        mesh.run(5_000);
        assertEquals(Limits.REFLECTION_ROUNDS, rounds[0]);
        assertEquals(Limits.REFLECTION_ROUNDS, rounds[1]);
        assertEquals(NatType.PORT_RESTRICTED, node.engine.natType());
    }

    /** D36. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("nats")
    void duplicatesChangeNothing(NatType type, TestNat nat) {
        mesh.copies = 3;
        TestMesh.Node node = mesh.startBehind(nat, 9, responders(2));
        mesh.run(5_000);
        assertEquals(type, node.engine.natType());
    }

    /** D36: the same address twice is one witness, whatever its ports are. */
    @Test
    void twoPeersOfOneHostAreOneResponder() {
        TestMesh.Node first = mesh.startPublic(1);
        TestNat nat = TestNat.cone(1, Filter.ADDRESSES_SENT_TO);
        TestMesh.Node second = mesh.startPublic(2);
        mesh.move(second, new Endpoint(first.endpoint.address(), 30_000));
        TestMesh.Node node = mesh.startBehind(nat, 9, first, second);
        mesh.run(30_000);
        assertEquals(2, node.engine.peers(mesh.nowMs).size());
        // As address-restricted it would need two hosts to be told from unrestricted.
        assertEquals(NatType.PORT_RESTRICTED, node.engine.natType());
    }
}
