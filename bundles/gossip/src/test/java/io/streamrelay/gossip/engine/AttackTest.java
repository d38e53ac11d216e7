// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Pong;
import io.streamrelay.gossip.packet.Summary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The attacks of protocol-v6 §4.C on a node that has a peer, as an attacker sees it: by what it makes the node send. */
class AttackTest {

    private static final Endpoint VICTIM = Endpoint.of("20.6.6.6", 6_666);
    private static final Endpoint ATTACKER = Endpoint.of("10.9.9.9", 9_999);
    private static final Id SOMEBODY = TestPackets.filled(77);
    private static final int TIMES = 200;

    private final TestMesh mesh = new TestMesh();
    private final Map<Integer, Long> sentTo = new LinkedHashMap<>();
    private final Map<Integer, Long> datagramsTo = new LinkedHashMap<>();
    private final List<String> textsToVictim = new ArrayList<>();
    private TestMesh.Node node;
    private TestMesh.Node peer;

    @BeforeEach
    void connect() {
        peer = mesh.subscribed(2);
        node = mesh.subscribed(1, peer);
        mesh.run(1_000);
        assertTrue(node.knows(peer));
        mesh.passes = (from, send) -> {
            if (from == node) {
                sentTo.merge(send.to().address(), (long) send.bytes().length, Long::sum);
                datagramsTo.merge(send.to().address(), 1L, Long::sum);
                if (send.to().equals(VICTIM)) {
                    textsToVictim.add(new String(send.bytes(), StandardCharsets.ISO_8859_1));
                }
            }
            return true;
        };
    }

    private static Packet packet(PacketType type, String body) {
        return Packet.builder(type)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .set(Field.USR3, TestPackets.filled(3))
                .set(Field.USR4, SOMEBODY)
                .hops(1)
                .message(body.getBytes(StandardCharsets.US_ASCII))
                .build();
    }

    private static String where(Endpoint named, int number) {
        return where(named, number, NatType.UNRESTRICTED);
    }

    private static String where(Endpoint named, int number, NatType type) {
        return "{\"requesterPeerId\":\"" + TestPackets.filled(number).hex() + "\",\"natType\":" + type.wire()
                + ",\"address\":\"" + named.host() + "\",\"port\":" + named.port();
    }

    /** One of each type, the most expensive that is known; {@code number} makes each a new one. */
    private static Packet costly(PacketType type, int number) {
        return type == PacketType.INTRO ? intro(number, VICTIM, NatType.UNRESTRICTED) : other(type, number);
    }

    private static Packet intro(int number, Endpoint named, NatType natType) {
        return packet(
                PacketType.INTRO, where(named, number, natType) + ",\"responderPeerId\":\"" + SOMEBODY.hex() + "\"}");
    }

    private static Packet other(PacketType type, int number) {
        String requester =
                "{\"requesterPeerId\":\"" + TestPackets.filled(number).hex() + "\"";
        return switch (type) {
            case PING ->
                packet(
                        type,
                        requester + ",\"isReflection\":true,\"isConnection\":true,\"natType\":31,"
                                + "\"reflectionId\":\"0123456789ab\",\"probeExternalPort\":4444}");
            case PONG ->
                packet(type, requester + ",\"responderPeerId\":\"" + SOMEBODY.hex() + "\",\"isConnection\":true}");
            case JOIN ->
                packet(
                        type,
                        where(VICTIM, number) + ",\"rendezvousAddress\":\"20.6.6.6\",\"rendezvousPort\":6666,"
                                + "\"rendezvousType\":31,\"rendezvousPeerId\":\"" + SOMEBODY.hex()
                                + "\",\"rendezvousDeadline\":1900000000000}");
            case SYNC ->
                Packet.builder(type)
                        .message(Summary.holding(TestPackets.filled(number)).encode())
                        .build();
            case QUERY ->
                Packet.builder(type)
                        .set(Field.USR3, TestPackets.filled(number))
                        .set(Field.USR4, new byte[] {'1'})
                        .message(("{\"packetId\":\""
                                        + TestPackets.single(1).packetId().hex() + "\"}")
                                .getBytes())
                        .build();
            case PUBLISH, STREAM, INTRO -> packet(type, "x".repeat(200) + number);
        };
    }

    static Stream<Arguments> everyTypeFromWhom() {
        return Stream.of(PacketType.values())
                .flatMap(type -> Stream.of(true, false).map(connected -> Arguments.of(type, connected)));
    }

    /**
     * Protocol-v6 D38 to D40: from an address that never answers, and from a connected peer that names the address.
     * The node holds packets, so that there is something to be had.
     */
    @ParameterizedTest(name = "{0} from a peer: {1}")
    @MethodSource("everyTypeFromWhom")
    @Tag("case-43")
    void noTypeOfPacketIsAmplifiedTowardSomebodyWhoNeverAnswered(PacketType type, boolean connected) {
        ScriptedPeer neighbour = neighbour();
        for (int i = 0; i < 50; i++) {
            node.publish(i, TestPackets.sealed(i, 1_000));
        }
        mesh.run(1_000);
        long spent = tell(connected ? neighbour.endpoint : VICTIM, number -> costly(type, number));
        sentTo.keySet().removeAll(List.of(peer.endpoint.address(), neighbour.endpoint.address()));
        long most = sentTo.values().stream().mapToLong(bytes -> bytes).max().orElse(0);
        long all = sentTo.values().stream().mapToLong(bytes -> bytes).sum();
        assertTrue(most < 2 * spent, most + " bytes to one address for " + spent);
        assertTrue(all < 2 * spent, all + " bytes to others for " + spent);
        long whole = sentTo.keySet().stream().mapToLong(this::wholeBytesTo).sum();
        long wholeSpent = spent + TIMES * AmplificationGuard.HEADER_BYTES;
        assertTrue(whole < 2 * wholeSpent, whole + " bytes with headers for " + wholeSpent);
    }

    /** A neighbour without keys. */
    private ScriptedPeer neighbour() {
        return new ScriptedPeer(mesh, 9, NatType.UNRESTRICTED, false).connectTo(node);
    }

    private long wholeBytesTo(int address) {
        return sentTo.getOrDefault(address, 0L)
                + AmplificationGuard.HEADER_BYTES * datagramsTo.getOrDefault(address, 0L);
    }

    /** Says many things to the node, from an address, and waits; returns how many bytes that were. */
    private long tell(Endpoint from, IntFunction<Packet> lies) {
        sentTo.clear();
        datagramsTo.clear();
        long spent = 0;
        for (int i = 0; i < TIMES; i++) {
            byte[] bytes = lies.apply(10 + i % 200).bytes();
            spent += bytes.length;
            mesh.inject(from, node, bytes);
            mesh.run(20);
        }
        mesh.run(30_000);
        return spent;
    }

    private void standBehind(NatType type) {
        EngineConfig config = EngineConfig.of(node.id, TestPackets.CLUSTER, List.of(peer.endpoint.toString()));
        node.give(new Event.Configured(new EngineConfig(
                config.self(),
                config.cluster(),
                config.indexed(),
                type,
                config.publicEndpoint(),
                config.bootstrap(),
                config.heartbeatMs(),
                config.carriedBytesMax(),
                config.backlogBytesMax(),
                config.relayForeign(),
                config.messageBytesMax())));
        mesh.run(1_000);
    }

    /**
     * Protocol-v6 D39: a search for a way through needs hundreds of datagrams, so that its headers are more than what
     * paid for it; but a host gets no more than a number of them, whatever ids and ports are named.
     */
    @ParameterizedTest(name = "{0} to {1}, {2} ids")
    @CsvSource({
        "PORT_RESTRICTED, ENDPOINT_RESTRICTED, 200",
        "ENDPOINT_RESTRICTED, PORT_RESTRICTED, 200",
        "PORT_RESTRICTED, ENDPOINT_RESTRICTED, 8",
        "ENDPOINT_RESTRICTED, PORT_RESTRICTED, 8",
        "PORT_RESTRICTED, ENDPOINT_RESTRICTED, 1",
        "ENDPOINT_RESTRICTED, PORT_RESTRICTED, 1"
    })
    @Tag("case-43")
    void noHostIsSearchedForWithoutEnd(NatType own, NatType theirs, int ids) {
        ScriptedPeer neighbour = neighbour();
        standBehind(own);
        int[] port = {2_000};
        long spent = tell(
                neighbour.endpoint, number -> intro(number % ids, new Endpoint(VICTIM.address(), ++port[0]), theirs));
        assertTrue(datagramsTo.get(VICTIM.address()) > 200, "it searches at all");
        assertTrue(sentTo.get(VICTIM.address()) < 2 * spent, sentTo + " bytes for " + spent);
        // What it gets at once, and what in the minute that this takes.
        long datagrams = datagramsTo.get(VICTIM.address());
        assertTrue(datagrams <= 2 * Limits.PUNCHES_PER_HOST, datagrams + " datagrams to one host");
    }

    @Test
    void oneIntroOrJoinSendsLessThanTwiceItsSizeToTheAddressThatItNames() {
        ScriptedPeer neighbour = neighbour();
        sentTo.clear();
        long spent = 0;
        for (PacketType type : List.of(PacketType.JOIN, PacketType.INTRO)) {
            Packet lie = costly(type, 50 + type.wire());
            spent += lie.size();
            mesh.inject(neighbour.endpoint, node, lie.bytes());
            mesh.run(60_000);
            long toVictim = sentTo.getOrDefault(VICTIM.address(), 0L);
            assertTrue(toVictim < 2 * spent, type + ": " + toVictim + " bytes for " + spent);
        }
    }

    @Test
    void nobodyIsSentIntoANetworkThatTheTellerIsNotIn() {
        String[] inside = {"127.0.0.1", "169.254.1.1", "224.0.0.251", "255.255.255.255", "0.0.0.0"};
        for (int i = 0; i < inside.length; i++) {
            mesh.inject(
                    peer.endpoint,
                    node,
                    packet(PacketType.JOIN, where(Endpoint.of(inside[i], 9_777), 20 + i) + "}")
                            .bytes());
        }
        mesh.run(10_000);
        sentTo.remove(peer.endpoint.address());
        assertEquals(Map.of(), sentTo);
    }

    @Test
    @Tag("case-43")
    void aStrangersSummaryGetsAQuestionAloneAndAPeersGetsABoundedAnswer() {
        for (int i = 0; i < 300; i++) {
            node.publish(i, TestPackets.sealed(i, 1_000));
        }
        mesh.run(2_000);
        sentTo.clear();
        byte[] empty = Packet.builder(PacketType.SYNC)
                .message(Summary.holding(TestPackets.filled(1)).encode())
                .build()
                .bytes();
        mesh.inject(VICTIM, node, empty);
        mesh.run(5_000);
        assertTrue(sentTo.getOrDefault(VICTIM.address(), 0L) < 2L * empty.length, "sent " + sentTo);
        assertTrue(textsToVictim.stream().allMatch(text -> text.contains("pingId")), "who it is, and nothing else");

        for (int i = 0; i < 10_000; i++) {
            mesh.inject(peer.endpoint, node, empty);
        }
        mesh.run(10_000);
        assertTrue(node.drops(DropReason.SYNC_BUDGET) > 5_000);
        // All that is held, a few times at the most: what was sent not long ago is not sent again.
        assertTrue(sentTo.get(peer.endpoint.address()) < 4L * 300 * 1_300, "sent " + sentTo);
    }

    private String pingIdToVictim() {
        return textsToVictim.stream()
                .filter(text -> text.contains("pingId"))
                .map(text -> text.replaceAll("(?s).*\"pingId\":\"([0-9a-f]+)\".*", "$1"))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** Somebody at the victim's address, who is really there, claims to be {@code claimed} and passes the challenge. */
    private void claim(Id claimed) {
        Ping ping = Ping.builder(claimed)
                .natType(31)
                .isConnection(true)
                .uptime(1L)
                .timestamp(1L)
                .build();
        Packet.Builder packet = Packet.builder(PacketType.PING)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .message(ping.toJson());
        // One alone is too short for the answer and the challenge.
        mesh.inject(VICTIM, node, ControlSeal.mark(packet).build().bytes());
        mesh.inject(VICTIM, node, ControlSeal.mark(packet).build().bytes());
        mesh.run(2_000);
        Pong pong = Pong.builder(node.id, claimed)
                .natType(31)
                .isConnection(true)
                .pingId(pingIdToVictim())
                .build();
        mesh.inject(
                VICTIM,
                node,
                Packet.builder(PacketType.PONG).message(pong.toJson()).build().bytes());
        mesh.run(10_000);
    }

    /** Protocol-v6 D41. */
    @Test
    void whoAnswersInTheNameOfAPeerThatSignsDoesNotGetItsPlace() {
        claim(peer.id);
        assertEquals(peer.endpoint, node.engine.peers(mesh.nowMs).get(0).endpoint());
        assertTrue(node.drops(DropReason.FORGED) > 0);
        assertEquals(1, node.engine.peers(mesh.nowMs).size());
    }

    @Test
    void aPeerThatHasSignedIsNotReplacedWhileItIsAway() {
        mesh.stop(peer);
        mesh.run(60_000);
        assertFalse(node.knows(peer));
        claim(peer.id);
        assertFalse(node.knows(peer));
        assertTrue(node.drops(DropReason.FORGED) > 0);
    }

    /** Protocol-v6 D41, by way of the introducer: everything for the peer would go to whoever says to lead there. */
    @Test
    void whoSignsNothingDoesNotGetWhatIsForAPeerThatHasSigned() {
        ScriptedPeer neighbour = neighbour();
        mesh.stop(peer);
        mesh.run(60_000);
        assertFalse(node.knows(peer));
        node.observations.clear();
        neighbour.introduce(node, peer.id, Endpoint.of("20.8.0.1", 4_444), NatType.PORT_RESTRICTED);
        mesh.run(10_000);
        node.give(new Event.Stream(7, peer.id, TestMesh.message(TestPackets.sealed(7, 360))));
        mesh.run(100);
        assertEquals(List.of(), neighbour.received(PacketType.STREAM));
        assertFalse(node.observations.contains(new Observation.MemberUp(TestPackets.SUBCLUSTER, peer.id)));
    }

    @Test
    void whoHasOnlyAnIdMakesWayForWhoHasItsKey() {
        TestMesh.Node owner = mesh.start(5);
        mesh.stop(owner);
        claim(owner.id);
        assertTrue(node.knows(owner));
        TestMesh.Node back = mesh.start(5, node);
        mesh.run(5_000);
        assertEquals(
                List.of(back.endpoint),
                node.engine.peers(mesh.nowMs).stream()
                        .filter(known -> known.id().equals(back.id))
                        .map(known -> known.endpoint())
                        .toList());
    }

    @Test
    void aForgedJoinInTheNameOfAPeerThatSignsGoesNoFurther() {
        TestMesh.Node third = mesh.subscribed(3, node);
        mesh.run(1_000);
        String lie = "{\"requesterPeerId\":\"" + third.id.hex()
                + "\",\"natType\":31,\"address\":\"20.6.6.6\",\"port\":6666}";
        mesh.inject(peer.endpoint, node, packet(PacketType.JOIN, lie).bytes());
        mesh.run(1_000);
        assertEquals(1, node.drops(DropReason.FORGED));
        assertEquals(null, sentTo.get(VICTIM.address()));
    }

    /** Protocol-v6 D42: the genuine packet must still find its way when a false one has taken its id. */
    @Test
    void aFalsePacketUnderARealIdDoesNotKeepTheRealOneOut() {
        Packet real = TestPackets.single(1);
        Packet poison = Packet.builder(PacketType.PUBLISH)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .set(Field.PACKET, real.packetId())
                .message(TestPackets.sealed(2, 300))
                .build();
        mesh.inject(peer.endpoint, node, poison.withHops(1));
        mesh.inject(peer.endpoint, node, real.withHops(1));
        mesh.run(1_000);
        assertEquals(1, node.drops(DropReason.ID_MISMATCH));
        assertEquals(1, node.delivered.size());
        assertArrayEquals(TestPackets.sealed(1, 300), node.delivered.get(0).sealed());
    }

    /** Protocol-v6 D43: the same ciphertext under another event, and again after a while. */
    @Test
    void aReplayedMessageIsDeliveredOnce() {
        Packet real = TestPackets.single(1);
        Packet relabelled = Packet.builder(PacketType.PUBLISH)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .set(Field.USR1, TestPackets.filled(9))
                .set(Field.PACKET, real.packetId())
                .message(TestPackets.sealed(1, 300))
                .build();
        for (int i = 0; i < 5; i++) {
            mesh.inject(peer.endpoint, node, real.withHops(1));
            mesh.inject(peer.endpoint, node, relabelled.withHops(1));
            mesh.run(10_000);
        }
        assertEquals(1, node.delivered.size());
        assertEquals(9, node.drops(DropReason.DUPLICATE));
    }

    /** Protocol-v6 D48. */
    @Test
    void aFloodOfForeignPacketsLeavesRoomForOurOwn() {
        mesh.carriedBytesMax = 100_000;
        TestMesh.Node small = mesh.subscribed(4, node);
        mesh.run(1_000);
        for (int i = 0; i < 50; i++) {
            mesh.inject(node.endpoint, small, TestPackets.single(i).withHops(1));
        }
        mesh.run(20);
        long ours = small.engine.carriedBytes();
        for (int i = 0; i < 2_000; i++) {
            Id cluster = TestPackets.filled(100 + i % 80);
            mesh.inject(
                    node.endpoint,
                    small,
                    TestPackets.published(cluster, TestPackets.sealed(10_000 + i, 900))
                            .get(0)
                            .withHops(1));
        }
        mesh.run(20);
        assertTrue(small.engine.carriedBytes() > ours, "carries " + small.engine.carriedBytes());
        assertTrue(small.engine.carriedBytes() <= ours + 100_000 / 2, "carries " + small.engine.carriedBytes());
        int held = small.engine.cachedPackets();
        mesh.inject(ATTACKER, small, TestPackets.single(999).withHops(1));
        mesh.run(20);
        assertEquals(held, small.engine.cachedPackets());
    }
}
