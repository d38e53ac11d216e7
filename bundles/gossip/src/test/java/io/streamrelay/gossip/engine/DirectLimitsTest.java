// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.QueryBody;
import io.streamrelay.gossip.packet.Splitter;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a node remembers of streams, questions and answers, at the edge of each table. */
class DirectLimitsTest {

    private static final byte[] ANYTHING = {'{', '}'};

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node node = mesh.subscribed(1);
    private final TestMesh.Node ann = mesh.subscribed(2, node);
    private final TestMesh.Node bob = mesh.subscribed(3, node);
    private final TestMesh.Node eve = mesh.subscribed(4, node);
    private Packet lastQuestion;
    private int passedOn;

    DirectLimitsTest() {
        mesh.run(1_000);
        node.observations.clear();
    }

    private void inject(TestMesh.Node from, List<Packet> packets) {
        packets.forEach(packet -> mesh.inject(from.endpoint, node, packet.withHops(1)));
        mesh.run(1);
    }

    private static List<Packet> stream(TestMesh.Node from, TestMesh.Node to, int seed, int bytes) {
        return Splitter.split(
                Packet.builder(PacketType.STREAM)
                        .set(Field.CLUSTER, TestPackets.CLUSTER)
                        .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                        .set(Field.USR1, TestPackets.EVENT)
                        .set(Field.USR3, to.id)
                        .set(Field.USR4, from.id),
                TestPackets.sealed(seed, bytes),
                seed);
    }

    @Test
    void partsOfStreamsAreGatheredUpToTheLimitWhoeverSendsThem() {
        int sent = 0;
        for (TestMesh.Node from : List.of(ann, bob)) {
            for (int seed = 1; seed <= 3; seed++) {
                List<Packet> parts = stream(from, node, seed, 1_000_000);
                inject(from, parts.subList(1, parts.size()));
                sent += parts.size() - 1;
            }
        }
        assertEquals(sent - Limits.STREAM_PARTS_MAX, node.drops(DropReason.TABLE_FULL));
        List<Packet> late = stream(eve, node, 9, 3_000);
        inject(eve, late);
        assertEquals(sent - Limits.STREAM_PARTS_MAX + late.size(), node.drops(DropReason.TABLE_FULL));

        mesh.run(Timing.STREAM_GATHER_MS + 30_000);
        assertEquals(0, EngineTable.STREAMS.size(node.engine));
        inject(eve, late);
        assertEquals(1, node.delivered.size());
    }

    @Test
    void aStreamThatWasPassedOnIsKnownUntilTwiceAsManyOthersWereAsTheLimit() {
        mesh.passes = (from, send) -> {
            boolean stream = Packet.decode(send.bytes()) instanceof Packet packet && packet.type() == PacketType.STREAM;
            passedOn += stream ? 1 : 0;
            return !stream;
        };
        IntStream.range(0, 2 * Limits.STREAM_IDS).forEach(seed -> inject(ann, stream(ann, eve, seed, 16)));
        inject(ann, stream(ann, eve, 0, 16));
        assertEquals(1, node.drops(DropReason.DUPLICATE));
        assertEquals(2 * Limits.STREAM_IDS, passedOn);

        inject(ann, stream(ann, eve, 2 * Limits.STREAM_IDS, 16));
        inject(ann, stream(ann, eve, 0, 16));
        assertEquals(1, node.drops(DropReason.DUPLICATE));
        assertEquals(2 * Limits.STREAM_IDS + 2, passedOn);
    }

    @Test
    void aMessageThatDoesNotFitIntoThePeersQueueIsRefusedWhole() {
        DirectOutflow outflow = DirectOutflow.toward(true, 0);
        assertTrue(outflow.offer(Collections.nCopies(Limits.DIRECT_PACKETS_MAX - 1, ANYTHING), null));
        assertFalse(outflow.offer(List.of(ANYTHING, ANYTHING), null));
        assertTrue(outflow.offer(List.of(ANYTHING), null));
        assertFalse(outflow.offer(List.of(ANYTHING), null));
        assertEquals(Limits.DIRECT_PACKETS_MAX, Tables.size(outflow, "items"));
        assertNotNull(outflow.poll(0));
        assertTrue(outflow.offer(List.of(ANYTHING), null));
    }

    private void ask(byte[] body, long patienceMs, int answersMax) {
        node.give(new Event.Query(1, body, patienceMs, answersMax));
    }

    private long ended() {
        return node.answers.stream().filter(Action.Answered.class::isInstance).count();
    }

    @Test
    void aQuestionTooManyEndsAtOnceUntilOthersHaveEnded() {
        for (int question = 0; question < Limits.QUERIES_MAX; question++) {
            ask(ANYTHING, 5_000, 1);
        }
        assertEquals(0, ended());
        ask(ANYTHING, 5_000, 1);
        assertEquals(1, ended());
        assertEquals(Limits.QUERIES_MAX, EngineTable.QUERIES.size(node.engine));

        mesh.run(6_000);
        assertEquals(Limits.QUERIES_MAX + 1, ended());
        ask(ANYTHING, 5_000, 1);
        assertEquals(1, EngineTable.QUERIES.size(node.engine));
    }

    private static Packet question() {
        return Packet.builder(PacketType.QUERY)
                .set(Field.USR3, TestPackets.filled(0x9a))
                .set(Field.USR4, Queries.QUESTION)
                .message(ANYTHING)
                .build();
    }

    @Test
    void aQuestionIsKnownUntilTwiceAsManyOthersWereAskedAsTheLimit() {
        mesh.passes = (from, send) -> from != node;
        inject(ann, List.of(question()));
        for (int asked = 1; asked < 2 * Limits.QUERY_IDS; asked++) {
            ask(ANYTHING, 1, 1);
            mesh.run(asked % Limits.QUERIES_MAX == 0 ? 2 : 0);
        }
        inject(ann, List.of(question()));
        assertEquals(1, node.drops(DropReason.DUPLICATE));
        mesh.run(2);
        ask(ANYTHING, 1, 1);
        inject(ann, List.of(question()));
        assertEquals(1, node.drops(DropReason.DUPLICATE));
    }

    private Id asked(byte[] body, int answersMax) {
        mesh.passes = (from, send) -> {
            boolean asks = from == node
                    && Packet.decode(send.bytes()) instanceof Packet packet
                    && packet.type() == PacketType.QUERY;
            lastQuestion = asks ? (Packet) Packet.decode(send.bytes()) : lastQuestion;
            return !asks;
        };
        ask(body, 30_000, answersMax);
        return lastQuestion.id(Field.USR3);
    }

    private static Packet answer(Packet published, Id query) {
        return published
                .as(PacketType.QUERY)
                .set(Field.USR3, query)
                .set(Field.USR4, Queries.ANSWER)
                .build();
    }

    @Test
    void anAnswerIsKnownUntilTwiceAsManyOthersCameAsTheLimit() {
        Packet wanted = TestPackets.single(1);
        Id query = asked(new QueryBody(wanted.packetId()).toJson(), 1);
        for (int seed = 2; seed < 2 + 2 * Limits.QUERY_IDS; seed++) {
            inject(ann, List.of(answer(TestPackets.single(seed), query)));
        }
        inject(bob, List.of(answer(TestPackets.single(2), query)));
        assertEquals(1, node.drops(DropReason.DUPLICATE));
        inject(ann, List.of(answer(TestPackets.single(0), query)));
        inject(bob, List.of(answer(TestPackets.single(2), query)));
        assertEquals(1, node.drops(DropReason.DUPLICATE));
        assertEquals(2 * Limits.QUERY_IDS + 2, node.drops(DropReason.ID_MISMATCH));
        inject(eve, List.of(answer(wanted, query)));
        assertEquals(1, ended());
    }

    @Test
    void noMoreFragmentedAnswersAreGatheredAtOnceThanTheLimit() {
        Id query = asked(ANYTHING, 2);
        // Each of another size: two of the same size and time have the same head.
        List<List<Packet>> answers = IntStream.rangeClosed(0, Limits.ANSWERS_GATHERED_MAX + 1)
                .mapToObj(seed ->
                        TestPackets.published(TestPackets.CLUSTER, TestPackets.sealed(seed, 2_000 + seed)).stream()
                                .map(packet -> answer(packet, query))
                                .toList())
                .toList();
        answers.subList(0, Limits.ANSWERS_GATHERED_MAX).forEach(answer -> inject(ann, answer.subList(0, 1)));
        assertEquals(0, node.drops(DropReason.ID_MISMATCH));
        inject(bob, answers.get(Limits.ANSWERS_GATHERED_MAX).subList(0, 1));
        assertEquals(1, node.drops(DropReason.ID_MISMATCH));

        inject(ann, answers.get(0).subList(1, answers.get(0).size()));
        assertEquals(0, ended());
        inject(bob, answers.get(Limits.ANSWERS_GATHERED_MAX + 1));
        assertEquals(1, ended());
    }
}
