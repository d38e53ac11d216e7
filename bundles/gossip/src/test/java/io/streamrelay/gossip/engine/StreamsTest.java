// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.Refusal;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Splitter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StreamsTest {

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node receiver = mesh.subscribed(1);
    private final TestMesh.Node ann = mesh.subscribed(2, receiver);
    private final TestMesh.Node bob = mesh.subscribed(3, receiver);

    StreamsTest() {
        mesh.run(1_000);
        receiver.observations.clear();
    }

    private static List<Packet> stream(Id to, Id from, byte[] sealed, long ts) {
        return Splitter.split(
                Packet.builder(PacketType.STREAM)
                        .set(Field.CLUSTER, TestPackets.CLUSTER)
                        .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                        .set(Field.USR1, TestPackets.EVENT)
                        .set(Field.USR3, to)
                        .set(Field.USR4, from),
                sealed,
                ts);
    }

    private List<Packet> stream(TestMesh.Node from, int seed, int bytes) {
        return stream(receiver.id, from.id, TestPackets.sealed(seed, bytes), seed);
    }

    private void inject(TestMesh.Node from, TestMesh.Node to, List<Packet> packets) {
        packets.forEach(packet -> mesh.inject(from.endpoint, to, packet.withHops(1)));
        mesh.run(1);
    }

    private void assertDelivered(int count, int seed, int bytes) {
        assertEquals(count, receiver.delivered.size());
        assertArrayEquals(
                TestPackets.sealed(seed, bytes),
                receiver.delivered.get(count - 1).sealed());
    }

    private static Packet altered(Packet packet) {
        byte[] bytes = packet.bytes().clone();
        bytes[packet.offset(Field.MESSAGE)] ^= 1;
        return (Packet) Packet.decode(bytes);
    }

    /** protocol-v6 D8: the reference loses all but one of these. */
    @Test
    @Tag("case-28")
    void composesFragmentsOfSeveralSendersWhateverTheirOrder() {
        List<Packet> all = new ArrayList<>(stream(ann, 1, 20_160));
        all.addAll(stream(bob, 2, 20_160));
        all.addAll(stream(ann, 3, 3_000));
        Collections.shuffle(all, new Random(1));
        all.forEach(packet -> inject(packet.id(Field.USR4).equals(ann.id) ? ann : bob, receiver, List.of(packet)));
        assertEquals(3, receiver.delivered.size());
        assertEquals(
                List.of(20_160, 20_160, 3_000),
                receiver.delivered.stream()
                        .map(message -> message.sealed().length)
                        .sorted(Collections.reverseOrder())
                        .toList());
        assertEquals(0, receiver.drops(DropReason.DUPLICATE));
    }

    @Test
    void dropsDuplicatesAndReplays() {
        List<Packet> packets = stream(ann, 1, 3_000);
        inject(ann, receiver, List.of(packets.get(0), packets.get(2), packets.get(2), packets.get(1), packets.get(3)));
        assertDelivered(1, 1, 3_000);
        inject(ann, receiver, packets);
        assertEquals(1 + 4, receiver.drops(DropReason.DUPLICATE));
        mesh.run(600_000);
        inject(ann, receiver, packets);
        assertEquals(1, receiver.delivered.size());
    }

    /** protocol-v6 D43: anybody can make another head for the same fragments. */
    @Test
    void dropsAReplayUnderAnotherHead() {
        inject(ann, receiver, stream(receiver.id, ann.id, TestPackets.sealed(1, 3_000), 1_000));
        inject(bob, receiver, stream(receiver.id, bob.id, TestPackets.sealed(1, 3_000), 2_000));
        assertDelivered(1, 1, 3_000);
    }

    /** protocol-v6 D42: ids are not believed before they are verified. */
    @Test
    void wrongFragmentUnderARightIdKeepsTheRightOneNotOut() {
        List<Packet> packets = stream(ann, 1, 5_000);
        for (Packet packet : packets.subList(1, packets.size())) {
            inject(bob, receiver, List.of(altered(packet)));
        }
        inject(ann, receiver, packets);
        assertDelivered(1, 1, 5_000);
        Packet single = stream(ann, 2, 300).get(0);
        inject(bob, receiver, List.of(altered(single)));
        inject(ann, receiver, List.of(single));
        assertDelivered(2, 2, 300);
    }

    @Test
    void relayIsNotKeptFromTheRightPacketByAWrongOneWithItsId() {
        List<Packet> packets = stream(ann, 1, 3_000);
        TestMesh.Node far = mesh.subscribed(4, receiver);
        mesh.run(1_000);
        List<Packet> forFar = stream(far.id, ann.id, TestPackets.sealed(5, 3_000), 5);
        for (int i = 0; i < packets.size(); i++) {
            inject(bob, receiver, List.of(altered(forFar.get(i))));
            inject(ann, receiver, List.of(forFar.get(i)));
        }
        mesh.run(100);
        assertEquals(1, far.delivered.size());
    }

    @Test
    void letsGoOfWhatNeverBecomesWhole() {
        List<Packet> packets = stream(ann, 1, 3_000);
        inject(ann, receiver, packets.subList(0, 3));
        mesh.run(Timing.STREAM_GATHER_MS + 30_000);
        inject(ann, receiver, packets.subList(3, 4));
        assertTrue(receiver.delivered.isEmpty());
    }

    @Test
    void gathersNoMoreStreamsAtOnceThanItsLimit() {
        for (int seed = 0; seed <= Limits.STREAMS_MAX; seed++) {
            inject(ann, receiver, stream(ann, seed, 3_000).subList(0, 1));
        }
        assertEquals(1, receiver.drops(DropReason.TABLE_FULL));
    }

    @Test
    void neighbourThatFillsItsShareKeepsNobodyOut() {
        int fragments = Limits.STREAM_PARTS_OF_PEER_MAX / 10;
        for (int seed = 0; seed < 11; seed++) {
            inject(bob, receiver, stream(bob, seed, 1024 * fragments).subList(1, fragments + 1));
        }
        assertEquals(fragments, receiver.drops(DropReason.TABLE_FULL));
        inject(ann, receiver, stream(ann, 99, 20_000));
        assertDelivered(1, 99, 20_000);
    }

    @Test
    void rivalsForOneFragmentAreFew() {
        Packet fragment = stream(ann, 1, 3_000).get(1);
        for (int i = 0; i <= Limits.STREAM_RIVALS_MAX; i++) {
            byte[] bytes = fragment.bytes().clone();
            bytes[fragment.offset(Field.MESSAGE)] = (byte) i;
            mesh.inject(bob.endpoint, receiver, bytes);
        }
        mesh.run(1);
        assertEquals(1, receiver.drops(DropReason.DUPLICATE));
    }

    @Test
    void takesAStreamOfAKnownPeerAlone() {
        inject(ann, receiver, stream(receiver.id, TestPackets.filled(77), TestPackets.sealed(1, 300), 1));
        assertEquals(1, receiver.drops(DropReason.STRANGER));
        assertTrue(receiver.delivered.isEmpty());
    }

    @Test
    @Tag("case-29")
    void passesAStreamOnOnceWithOneHopMoreAndNeverBack() {
        List<Action.Send> passed = new ArrayList<>();
        mesh.passes = (from, send) -> from != receiver || !isStream(send.bytes()) || passed.add(send);
        List<Packet> forBob = stream(bob.id, ann.id, TestPackets.sealed(1, 300), 1);
        inject(ann, receiver, forBob);
        inject(ann, receiver, forBob);
        assertEquals(1, passed.size());
        assertEquals(bob.endpoint, passed.get(0).to());
        assertEquals(2, ((Packet) Packet.decode(passed.get(0).bytes())).hops());

        inject(bob, receiver, stream(bob.id, ann.id, TestPackets.sealed(2, 300), 2));
        inject(bob, receiver, stream(ann.id, ann.id, TestPackets.sealed(3, 300), 3));
        inject(ann, receiver, stream(TestPackets.filled(77), ann.id, TestPackets.sealed(4, 300), 4));
        assertEquals(1, passed.size());
        assertEquals(3, receiver.drops(DropReason.NO_ROUTE));
    }

    private static boolean isStream(byte[] bytes) {
        return Packet.decode(bytes) instanceof Packet packet && packet.type() == PacketType.STREAM;
    }

    /** protocol-v6 D45: between two relays whose entries for somebody point at each other. */
    @Test
    @Tag("case-44")
    void whatComesRoundAgainIsNotPassedOnAgain() {
        TestMesh.Node far = mesh.subscribed(4, receiver);
        mesh.run(1_000);
        receiver.observations.clear();
        Packet packet = stream(far.id, bob.id, TestPackets.sealed(1, 300), 1).get(0);
        for (int hops = 1; hops <= 20; hops++) {
            mesh.inject(ann.endpoint, receiver, packet.withHops(hops));
        }
        mesh.run(1);
        assertEquals(14, receiver.drops(DropReason.DUPLICATE));
        assertEquals(5, receiver.drops(DropReason.HOPS_EXCEEDED));
    }

    @Test
    void streamOfAPeerAddedByConfigurationArrives() {
        TestMesh.Node late = mesh.start(9);
        late.give(new Event.Configured(
                EngineConfig.of(late.id, TestPackets.CLUSTER, List.of(receiver.id + "@" + receiver.endpoint))));
        mesh.run(1_000);
        late.give(new Event.Stream(1, receiver.id, TestMesh.message(TestPackets.sealed(1, 20_160))));
        mesh.run(1_000);
        assertDelivered(1, 1, 20_160);
        assertEquals(late.id, receiver.delivered.get(0).from());
    }

    @Test
    void sendsMessagesOneAfterTheOtherEachWithItsHeadFirst() {
        List<Packet> sent = new ArrayList<>();
        mesh.passes = (from, send) -> !isStream(send.bytes()) || sent.add((Packet) Packet.decode(send.bytes()));
        for (int seed = 1; seed <= 3; seed++) {
            ann.give(new Event.Stream(seed, receiver.id, TestMesh.message(TestPackets.sealed(seed, 300_000))));
        }
        mesh.run(10_000);
        assertEquals(3, receiver.delivered.size());
        int perMessage = sent.size() / 3;
        for (int i = 0; i < sent.size(); i++) {
            assertEquals(i % perMessage, sent.get(i).index());
        }
    }

    @Test
    void saysThatAStreamHasLeftOnlyWhenItsLastPacketHas() {
        Endpoint gone = receiver.endpoint;
        for (int token = 1; token <= 3; token++) {
            ann.give(new Event.Stream(token, receiver.id, TestMesh.message(TestPackets.sealed(token, 1_040_000))));
        }
        // Two fit into the queue; of them nothing more than the burst has left yet.
        assertEquals(List.of(Refusal.BUSY), refusals(ann));
        mesh.run(1_000);
        assertEquals(
                2,
                ann.answers.stream().filter(Action.Accepted.class::isInstance).count());

        ann.give(new Event.Stream(4, receiver.id, TestMesh.message(TestPackets.sealed(4, 1_040_000))));
        mesh.stop(receiver);
        mesh.passes = (from, send) -> !send.to().equals(gone);
        mesh.run(600_000);
        assertEquals(
                3,
                ann.answers.stream().filter(Action.Accepted.class::isInstance).count());
        ann.give(new Event.Stream(5, receiver.id, TestMesh.message(TestPackets.sealed(5, 300))));
        assertEquals(List.of(Refusal.BUSY, Refusal.UNKNOWN_PEER), refusals(ann));
    }

    private static List<Refusal> refusals(TestMesh.Node node) {
        return node.answers.stream()
                .filter(Action.Refused.class::isInstance)
                .map(answer -> ((Action.Refused) answer).reason())
                .toList();
    }
}
