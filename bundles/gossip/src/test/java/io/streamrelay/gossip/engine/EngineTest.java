// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.ShortForm;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EngineTest {

    private final TestMesh mesh = new TestMesh();

    private static byte[] sealed(int seed) {
        return TestPackets.sealed(seed, 360);
    }

    @Test
    @Tag("case-17")
    @Tag("case-48")
    void twoNodesAloneInTheWorldConnectAndExchange() {
        TestMesh.Node first = mesh.subscribed(1);
        TestMesh.Node second = mesh.subscribed(2, first);
        mesh.run(1_000);
        assertTrue(first.knows(second));
        assertTrue(second.knows(first));
        assertEquals(NatType.UNRESTRICTED, first.engine.natType());
        assertEquals(first.endpoint, first.engine.reflexive());

        first.publish(1, sealed(1));
        second.publish(1, sealed(2));
        mesh.run(100);
        assertArrayEquals(sealed(1), second.delivered.get(0).sealed());
        assertArrayEquals(sealed(2), first.delivered.get(0).sealed());
        assertEquals(1, second.delivered.get(0).hops());
        assertTrue(second.delivered.size() == 1 && first.delivered.size() == 1);
    }

    @Test
    void whoAnswersAfterALongSilenceIsTriedAgainSoonWhenAPingGetsLost() {
        TestMesh mesh = new TestMesh();
        TestMesh.Node absent = mesh.start(1);
        mesh.stop(absent);
        TestMesh.Node waiting = mesh.start(2, absent);
        mesh.run(120_000);
        mesh.start(1);
        List<Long> sentMs = new ArrayList<>();
        mesh.passes = (from, send) -> {
            if (from == waiting) {
                sentMs.add(mesh.nowMs);
            }
            return from != waiting || sentMs.size() != 2;
        };
        mesh.run(20_000);
        assertTrue(sentMs.get(2) - sentMs.get(1) <= 550, sentMs::toString);
        assertTrue(waiting.knows(absent));
    }

    @Test
    void tellsWhatWaitsForAPeerAndWhomItHasLost() {
        TestMesh.Node alone = mesh.subscribed(1);
        alone.give(new Event.Publish(
                1, TestMesh.message(TestPackets.sealed(1, 5_000)).holding(7)));
        alone.publish(2, sealed(2));
        mesh.run(60_000);
        BacklogInfo waiting = alone.engine.backlog(mesh.nowMs).get(0);
        assertEquals(TestPackets.SUBCLUSTER, waiting.subcluster());
        assertEquals(7 + 1, waiting.messages());
        assertTrue(waiting.bytes() > 5_360);
        assertEquals(60_000, waiting.oldestMs());
        assertEquals(List.of(), alone.engine.absentPeers(mesh.nowMs));

        TestMesh.Node other = mesh.subscribed(2, alone);
        mesh.run(20_000);
        assertEquals(List.of(), alone.engine.backlog(mesh.nowMs));
        mesh.stop(other);
        long stoppedMs = mesh.nowMs;
        mesh.run(120_000);
        AbsentPeer absent = alone.engine.absentPeers(mesh.nowMs).get(0);
        assertEquals(other.id, absent.id());
        assertEquals(mesh.nowMs - stoppedMs, absent.silentMs(), 15_000);
    }

    @Test
    void membersAreToldOfEachOther() {
        TestMesh.Node first = mesh.subscribed(1);
        TestMesh.Node second = mesh.start(2, first);
        mesh.run(1_000);
        assertFalse(first.observations.contains(new Observation.MemberUp(TestPackets.SUBCLUSTER, second.id)));
        second.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        mesh.run(1_000);
        assertTrue(first.observations.contains(new Observation.MemberUp(TestPackets.SUBCLUSTER, second.id)));
        assertTrue(second.observations.contains(new Observation.MemberUp(TestPackets.SUBCLUSTER, first.id)));
    }

    /** Until it lists us, a reference peer drops our streams (protocol-v6 §3.7), and its address is unproven (D38). */
    @Test
    void aMemberIsToldOfOnlyWhenItHasAnsweredOurPing() {
        TestMesh.Node node = mesh.subscribed(1);
        Endpoint reference = Endpoint.of("10.0.0.9", 4_000);
        List<String> pings = new ArrayList<>();
        mesh.passes = (from, send) -> send.to().equals(reference) && pings.add(new String(send.bytes()));
        String ids = "\"requesterPeerId\":\"" + TestPackets.filled(9).hex() + "\"";
        Packet ping = Packet.builder(PacketType.PING)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .message(("{" + ids + ",\"natType\":31,\"isConnection\":true}").getBytes())
                .build();
        mesh.inject(reference, node, ping.bytes());
        mesh.run(10);
        String pong = "{\"responderPeerId\":\"" + TestPackets.filled(9).hex() + "\",\"requesterPeerId\":\""
                + node.id.hex() + "\"," + pingIdOf(pings);
        answer(reference, node, pong + ",\"port\":19777,\"address\":\"10.0.0.1\"}");
        Observation up = new Observation.MemberUp(TestPackets.SUBCLUSTER, TestPackets.filled(9));
        assertFalse(node.observations.contains(up));
        assertTrue(node.engine.peers(mesh.nowMs).isEmpty());

        answer(reference, node, pong + ",\"natType\":31,\"isConnection\":true}");
        assertTrue(node.observations.contains(up));
    }

    private void answer(Endpoint from, TestMesh.Node to, String pong) {
        mesh.inject(
                from,
                to,
                Packet.builder(PacketType.PONG).message(pong.getBytes()).build().bytes());
        mesh.run(10);
    }

    private static String pingIdOf(List<String> pings) {
        return pings.stream()
                .filter(text -> text.contains("isReflection") && text.contains("pingId"))
                .map(text -> text.replaceAll("(?s).*(\"pingId\":\"[0-9a-f]+\").*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void refusesWhatIsLargerThanItsLimit() {
        TestMesh.Node node = mesh.subscribed(1);
        node.publish(1, new byte[EngineConfig.DEFAULT_MESSAGE_BYTES + 1]);
        assertEquals(Refusal.TOO_LARGE, ((Action.Refused) node.answers.get(0)).reason());
        node.publish(2, new byte[EngineConfig.DEFAULT_MESSAGE_BYTES]);
        assertEquals(2, ((Action.Accepted) node.answers.get(1)).token());
    }

    @Test
    void aPublicationWithoutAnyNeighbourGoesOutWhenOneAppears() {
        TestMesh.Node early = mesh.subscribed(1);
        early.publish(1, sealed(1));
        early.publish(2, TestPackets.sealed(2, 20_160));
        assertTrue(early.engine.backlogBytes() > 20_000);
        mesh.run(60_000);

        TestMesh.Node late = mesh.subscribed(2, early);
        mesh.run(2_000);
        assertEquals(2, late.delivered.size());
        assertEquals(0, early.engine.backlogBytes());
    }

    @Test
    @Tag("case-14")
    void composesFragmentsWhateverTheirOrder() {
        TestMesh.Node sender = mesh.subscribed(1);
        TestMesh.Node receiver = mesh.subscribed(2, sender);
        mesh.run(1_000);
        List<Packet> packets = TestPackets.published(TestPackets.CLUSTER, TestPackets.sealed(3, 20_160));
        for (int i = packets.size() - 1; i >= 0; i--) {
            mesh.inject(sender.endpoint, receiver, packets.get(i).withHops(1));
        }
        mesh.run(100);
        assertEquals(1, receiver.delivered.size());
        assertArrayEquals(
                TestPackets.sealed(3, 20_160), receiver.delivered.get(0).sealed());
    }

    @Test
    @Tag("case-16")
    void relaysWhatItCannotReadWithOneHopMore() {
        TestMesh.Node first = mesh.subscribed(1);
        TestMesh.Node relay = mesh.start(2, first);
        TestMesh.Node last = mesh.subscribed(3, relay);
        // The ends hear of each other through joins, but cannot reach each other.
        mesh.passes = (from, send) -> !(from == first && send.to().equals(last.endpoint))
                && !(from == last && send.to().equals(first.endpoint));
        mesh.run(1_000);
        first.publish(1, sealed(1));
        mesh.run(1_000);
        assertEquals(1, last.delivered.size());
        assertEquals(2, last.delivered.get(0).hops());
        assertTrue(relay.delivered.isEmpty());
    }

    @Test
    @Tag("case-16")
    void keepsWhatCameOverSixteenHopsAndPassesItOnNoFurther() {
        TestMesh.Node source = mesh.subscribed(1);
        TestMesh.Node edge = mesh.subscribed(2, source);
        TestMesh.Node beyond = mesh.subscribed(3, edge);
        mesh.run(1_000);
        long before = beyond.delivered.size();
        // Anti-entropy may bring it later; here only what is passed on at once counts.
        mesh.inject(source.endpoint, edge, TestPackets.single(9).withHops(16));
        mesh.run(TestMesh.DELAY_MS * 2);
        assertEquals(1, edge.delivered.size());
        assertEquals(before, beyond.delivered.size());
    }

    @Test
    @Tag("case-15")
    void deliversADuplicateOnce() {
        TestMesh.Node sender = mesh.subscribed(1);
        TestMesh.Node receiver = mesh.subscribed(2, sender);
        mesh.run(1_000);
        mesh.inject(sender.endpoint, receiver, TestPackets.single(4).withHops(1));
        mesh.inject(sender.endpoint, receiver, TestPackets.single(4).withHops(3));
        mesh.run(100);
        assertEquals(1, receiver.delivered.size());
        assertEquals(1, receiver.drops(DropReason.DUPLICATE));
    }

    /** Protocol-v6 D42: wrong content under a real id must not keep the genuine packet out. */
    @Test
    @Tag("case-42")
    void aForgedPacketIdIsDroppedAndTheGenuinePacketStillTaken() {
        TestMesh.Node sender = mesh.subscribed(1);
        TestMesh.Node receiver = mesh.subscribed(2, sender);
        mesh.run(1_000);
        Packet genuine = TestPackets.single(5);
        byte[] forged = genuine.withHops(1);
        forged[genuine.offset(Field.MESSAGE)] ^= 1;
        mesh.inject(sender.endpoint, receiver, forged);
        mesh.inject(sender.endpoint, receiver, genuine.withHops(1));
        mesh.run(100);
        assertEquals(1, receiver.drops(DropReason.ID_MISMATCH));
        assertEquals(1, receiver.delivered.size());
    }

    @Test
    void takesPublicationsFromConnectedPeersAlone() {
        TestMesh.Node receiver = mesh.subscribed(1);
        mesh.inject(Endpoint.of("10.9.9.9", 1), receiver, TestPackets.single(1).withHops(1));
        mesh.run(100);
        assertEquals(1, receiver.drops(DropReason.STRANGER));
        assertEquals(0, receiver.engine.cachedPackets());
    }

    @Test
    void repairsALostPacketWithinASecond() {
        TestMesh.Node sender = mesh.subscribed(1);
        TestMesh.Node receiver = mesh.subscribed(2, sender);
        mesh.run(1_000);
        mesh.passes = (from, send) -> !ShortForm.isShort(send.bytes());
        sender.publish(1, sealed(1));
        mesh.run(100);
        mesh.passes = (from, send) -> true;
        mesh.run(900);
        assertEquals(1, receiver.delivered.size());
    }

    @Test
    void thoseWhoWereNotSentTheNewestPacketAreAskedFirstWhatTheyHold() {
        TestMesh mesh = new TestMesh();
        TestMesh.Node hub = mesh.start(1);
        List<TestMesh.Node> others = new ArrayList<>();
        for (int number = 2; number <= 11; number++) {
            others.add(mesh.start(number, hub));
        }
        mesh.run(5_000);
        hub.publish(1, new byte[200]);
        mesh.run(100);
        assertEquals(
                8, others.stream().mapToInt(node -> node.engine.cachedPackets()).sum());
        mesh.run(400);
        assertEquals(
                10,
                others.stream().mapToInt(node -> node.engine.cachedPackets()).sum());
    }

    @Test
    @Tag("case-32")
    void nodesThatHoldTheSameSayNothingButHeartbeats() {
        TestMesh.Node first = mesh.subscribed(1);
        TestMesh.Node second = mesh.subscribed(2, first);
        first.publish(1, sealed(1));
        mesh.run(60_000);
        assertArrayEquals(first.engine.summaryHash(), second.engine.summaryHash());

        long before = mesh.sent;
        mesh.run(120_000);
        // In two minutes two nodes ping ten times each and are answered; a join or two come on top.
        assertTrue(mesh.sent - before < 60, "sent " + (mesh.sent - before));
    }

    @Test
    void aSubscriptionThatComesLaterGetsWhatWasCarriedForOthers() {
        TestMesh.Node sender = mesh.subscribed(1);
        TestMesh.Node carrier = mesh.start(2, sender);
        mesh.run(1_000);
        sender.publish(1, sealed(1));
        mesh.run(1_000);
        carrier.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        carrier.give(new Event.Unsubscribe(TestPackets.SUBCLUSTER));
        carrier.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        assertEquals(1, carrier.delivered.size());
    }

    @Test
    void aSilentPeerIsGoneAndComesBack() {
        TestMesh.Node first = mesh.subscribed(1);
        TestMesh.Node second = mesh.subscribed(2, first);
        mesh.run(1_000);
        mesh.passes = (from, send) -> false;
        mesh.run(60_000);
        assertFalse(first.knows(second));
        assertTrue(first.observations.contains(new Observation.MemberDown(TestPackets.SUBCLUSTER, second.id)));
        mesh.passes = (from, send) -> true;
        mesh.run(15_000);
        assertTrue(first.knows(second) && second.knows(first));
    }

    @Test
    void followsAPeerToANewAddressOnceThatHasAnswered() {
        TestMesh.Node fixed = mesh.subscribed(1);
        TestMesh.Node roaming = mesh.subscribed(2, fixed);
        mesh.run(1_000);
        Endpoint moved = Endpoint.of("10.0.0.77", 4_000);
        mesh.move(roaming, moved);
        mesh.run(45_000);
        assertEquals(moved, fixed.engine.peers(mesh.nowMs).get(0).endpoint());
        assertEquals(1, fixed.engine.peers(mesh.nowMs).size());
    }

    /** Protocol-v6 D41: whoever sends in a peer's name from elsewhere does not get its address. */
    @Test
    void doesNotMoveAPeerToAnAddressThatDoesNotAnswer() {
        TestMesh.Node first = mesh.subscribed(1);
        TestMesh.Node second = mesh.subscribed(2, first);
        mesh.run(1_000);
        Endpoint attacker = Endpoint.of("10.6.6.6", 666);
        String ping = "{\"requesterPeerId\":\"" + second.id.hex() + "\",\"natType\":31,\"isConnection\":true}";
        mesh.inject(
                attacker,
                first,
                Packet.builder(PacketType.PING).message(ping.getBytes()).build().bytes());
        mesh.run(20_000);
        assertEquals(second.endpoint, first.engine.peers(mesh.nowMs).get(0).endpoint());
    }

    @Test
    void streamsReachOnePeerAlone() {
        TestMesh.Node first = mesh.subscribed(1);
        TestMesh.Node second = mesh.subscribed(2, first);
        TestMesh.Node third = mesh.subscribed(3, first);
        mesh.run(1_000);
        first.give(new Event.Stream(1, second.id, TestMesh.message(TestPackets.sealed(6, 3_160))));
        first.give(new Event.Stream(2, TestPackets.filled(99), TestMesh.message(sealed(1))));
        mesh.run(1_000);
        assertArrayEquals(TestPackets.sealed(6, 3_160), second.delivered.get(0).sealed());
        assertEquals(first.id, second.delivered.get(0).from());
        assertTrue(third.delivered.isEmpty());
        assertTrue(first.answers.stream()
                .anyMatch(answer -> answer instanceof Action.Refused refused
                        && refused.reason() == Refusal.UNKNOWN_PEER
                        && refused.token() == 2));
    }

    @Test
    @Tag("case-46")
    void expiredPacketsGoAndAreNotTakenAgain() {
        TestMesh.Node node = mesh.subscribed(1);
        TestMesh.Node other = mesh.subscribed(2, node);
        mesh.run(1_000);
        Packet shortLived = Packet.builder(PacketType.PUBLISH)
                .ttl(5_000)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .set(Field.PACKET, TestPackets.single(1).packetId())
                .message(TestPackets.sealed(1, 300))
                .build();
        mesh.inject(other.endpoint, node, shortLived.withHops(1));
        mesh.run(1_000);
        assertEquals(1, node.engine.cachedPackets());
        mesh.run(10_000);
        assertEquals(0, node.engine.cachedPackets());
        mesh.inject(other.endpoint, node, shortLived.withHops(1));
        mesh.run(1_000);
        assertEquals(1, node.delivered.size());
    }

    /** A reference peer's stage 1 comes from its probe socket: it earns the credit that stage 2 needs. */
    @Test
    @Tag("case-8")
    void answersAProbeFromTheProbeSocket() {
        TestMesh.Node node = mesh.start(1);
        reflectionPing(node, 4444, "\"isProbe\":true");
        List<Action.Send> sends = reflectionPing(node, 999, "\"probeExternalPort\":4444");
        assertEquals(Endpoint.of("10.0.0.9", 999), sends.get(0).to());
        assertEquals(SocketId.PROBE, sends.get(1).socket());
        assertEquals(Endpoint.of("10.0.0.9", 4444), sends.get(1).to());
        assertTrue(new String(sends.get(1).bytes()).contains("\"port\":4444"));
    }

    private List<Action.Send> reflectionPing(TestMesh.Node node, int port, String more) {
        String ping = "{\"requesterPeerId\":\"" + TestPackets.filled(9).hex()
                + "\",\"isReflection\":true,\"reflectionId\":\"0123456789ab\",\"uptime\":0,\"timestamp\":1700000000000,"
                + more + "}";
        Packet packet = Packet.builder(PacketType.PING)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .message(ping.getBytes())
                .build();
        return node
                .engine
                .handle(
                        new Event.Datagram(SocketId.MAIN, Endpoint.of("10.0.0.9", port), packet.bytes()),
                        new Now(mesh.nowMs, 0))
                .stream()
                .filter(Action.Send.class::isInstance)
                .map(Action.Send.class::cast)
                .toList();
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        assertTrue(Arrays.equals(trace(), trace()));
    }

    private static byte[] trace() {
        TestMesh mesh = new TestMesh();
        TestMesh.Node first = mesh.subscribed(1);
        TestMesh.Node second = mesh.subscribed(2, first);
        TestMesh.Node third = mesh.subscribed(3, second);
        ByteArrayOutputStream trace = new ByteArrayOutputStream();
        mesh.passes = (from, send) -> {
            trace.writeBytes(send.bytes());
            return true;
        };
        third.publish(1, sealed(1));
        mesh.run(30_000);
        return trace.toByteArray();
    }
}
