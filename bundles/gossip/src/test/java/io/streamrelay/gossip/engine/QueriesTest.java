// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.QueryBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three nodes in a row: {@code asker — relay — holder}. */
class QueriesTest {

    private static final Id QUERY = TestPackets.filled(0x9a);

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node relay = mesh.start(1);
    private final TestMesh.Node asker = mesh.start(2, relay);
    private final TestMesh.Node holder = mesh.start(3, relay);
    private final List<Action.Send> queries = new ArrayList<>();

    QueriesTest() {
        mesh.passes = (from, send) -> {
            boolean linked = from == relay || send.to().equals(relay.endpoint);
            if (linked && type(send.bytes()) == PacketType.QUERY) {
                queries.add(send);
            }
            return linked;
        };
        mesh.run(1_000);
        List.of(relay, asker, holder).forEach(node -> node.observations.clear());
    }

    private static PacketType type(byte[] bytes) {
        return Packet.decode(bytes) instanceof Packet packet ? packet.type() : null;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void ask(TestMesh.Node node, byte[] body, int answersMax) {
        node.give(new Event.Query(7, body, 5_000, answersMax));
    }

    private static Packet.Builder question(Id query, String body) {
        return Packet.builder(PacketType.QUERY)
                .hops(1)
                .set(Field.USR3, query)
                .set(Field.USR4, text("1"))
                .message(text(body));
    }

    private static Packet.Builder answer(Id query, byte[] body) {
        return Packet.builder(PacketType.QUERY)
                .hops(1)
                .set(Field.USR3, query)
                .set(Field.USR4, text("2"))
                .message(body);
    }

    private void inject(TestMesh.Node from, TestMesh.Node to, Packet.Builder packet) {
        mesh.inject(from.endpoint, to, packet.build().bytes());
        mesh.run(1);
    }

    private static List<Action.Answer> answersOf(TestMesh.Node node) {
        List<Action> answered =
                node.answers.stream().filter(Action.Answered.class::isInstance).toList();
        assertEquals(1, answered.size());
        return ((Action.Answered) answered.get(0)).answers();
    }

    private static boolean hasEnded(TestMesh.Node node) {
        return node.answers.stream().anyMatch(Action.Answered.class::isInstance);
    }

    private static List<Action> asked(TestMesh.Node node) {
        return node.answers.stream().filter(Action.Asked.class::isInstance).toList();
    }

    private Packet sent(int number) {
        return (Packet) Packet.decode(queries.get(number).bytes());
    }

    @Test
    void applicationsAnswerComesBackOnceTheWayTheQuestionCame() {
        holder.give(new Event.Answering(true));
        ask(asker, text("{\"what\":\"temperature\"}"), 10);
        mesh.run(100);
        Action.Asked heard = (Action.Asked) asked(holder).get(0);
        assertEquals("{\"what\":\"temperature\"}", new String(heard.body(), StandardCharsets.US_ASCII));
        holder.give(new Event.Answer(heard.query(), text("21.5")));
        mesh.run(100);

        assertEquals(4, queries.size());
        assertEquals(List.of(1, 2, 1, 2), List.of(sent(0).hops(), sent(1).hops(), sent(2).hops(), sent(3).hops()));
        assertEquals(asker.endpoint, queries.get(3).to());
        assertEquals(List.of(), asked(asker));
        mesh.run(5_000);
        List<Action.Answer> answers = answersOf(asker);
        assertEquals(1, answers.size());
        assertArrayEquals(text("21.5"), answers.get(0).body());
    }

    @Test
    void cachedPacketIsServedAsACopyAndStaysWhatItIs() {
        Packet held = TestPackets.single(1);
        mesh.inject(asker.endpoint, holder, held.withHops(5));
        mesh.inject(relay.endpoint, holder, held.withHops(5));
        mesh.run(1_000);
        byte[] summary = holder.engine.summaryHash();
        queries.clear();
        inject(relay, holder, question(QUERY, new String(new QueryBody(held.packetId()).toJson())));
        assertEquals(1, queries.size());
        Packet answer = sent(0);
        assertEquals(relay.endpoint, queries.get(0).to());
        assertEquals(held.packetId(), answer.packetId());
        assertEquals(QUERY, answer.id(Field.USR3));
        assertArrayEquals(text("2"), answer.copy(Field.USR4));
        for (Field kept : Field.values()) {
            if (kept != Field.USR3 && kept != Field.USR4) {
                assertArrayEquals(held.copy(kept), answer.copy(kept), kept.toString());
            }
        }
        assertArrayEquals(summary, holder.engine.summaryHash());
        // Were it changed, whoever syncs with the holder now would get it as a query (protocol-v6 D9).
        TestMesh.Node late = mesh.subscribed(4, relay);
        mesh.run(2_000);
        assertEquals(1, late.delivered.size());
    }

    @Test
    void aKinsQuestionForAHeadBringsTheWholeMessage() {
        byte[] sealed = TestPackets.sealed(1, 20_160);
        List<Packet> packets = TestPackets.published(TestPackets.CLUSTER, sealed);
        // Only the holder has it, and nobody reconciles with it.
        mesh.passes = (from, send) -> (from == relay || send.to().equals(relay.endpoint))
                && type(send.bytes()) != PacketType.PUBLISH
                && type(send.bytes()) != PacketType.SYNC;
        packets.forEach(packet -> mesh.inject(relay.endpoint, holder, packet.withHops(1)));
        mesh.run(100);
        ask(asker, new QueryBody(packets.get(0).packetId()).toJson(), 1);
        mesh.run(1_000);
        assertArrayEquals(sealed, answersOf(asker).get(0).body());
        assertEquals(packets.get(0).packetId(), answersOf(asker).get(0).packetId());
    }

    @Test
    void aReferencesQuestionForAHeadBringsTheHeadAlone() {
        List<Packet> packets = TestPackets.published(TestPackets.CLUSTER, TestPackets.sealed(1, 3_000));
        packets.forEach(packet -> mesh.inject(relay.endpoint, holder, packet.withHops(1)));
        mesh.run(1_000);
        queries.clear();
        for (int i = 0; i < packets.size(); i++) {
            Id query = TestPackets.filled(i);
            inject(
                    relay,
                    holder,
                    question(query, new String(new QueryBody(packets.get(i).packetId()).toJson())));
        }
        assertEquals(
                packets.stream().map(Packet::packetId).toList(),
                List.of(sent(0).packetId(), sent(1).packetId(), sent(2).packetId(), sent(3).packetId()));
        assertEquals(4, queries.size());
    }

    @Test
    void answersAreVerifiedWhenAPacketWasAskedFor() {
        Packet wanted = TestPackets.single(1);
        ask(asker, new QueryBody(wanted.packetId()).toJson(), 1);
        Id query = sent(0).id(Field.USR3);
        inject(relay, asker, answer(query, TestPackets.sealed(2, 300)).set(Field.PACKET, wanted.packetId()));
        assertEquals(1, asker.drops(DropReason.ID_MISMATCH));
        inject(relay, asker, answer(query, wanted.copy(Field.MESSAGE)).set(Field.PACKET, wanted.packetId()));
        assertArrayEquals(wanted.copy(Field.MESSAGE), answersOf(asker).get(0).body());
    }

    @Test
    void aQuestionPassesOnceAndItsAnswersEachOnceToTheAskerAlone() {
        inject(asker, relay, question(QUERY, "{}"));
        inject(holder, relay, question(QUERY, "{}"));
        assertEquals(1, queries.size());
        assertEquals(holder.endpoint, queries.get(0).to());
        queries.clear();
        for (int i = 0; i < 3; i++) {
            inject(holder, relay, answer(QUERY, text("one")));
        }
        inject(holder, relay, answer(QUERY, text("two")));
        inject(asker, relay, answer(QUERY, text("three")));
        inject(holder, relay, answer(TestPackets.filled(0x44), text("to nothing")));
        assertEquals(2, queries.size());
        assertTrue(queries.stream().allMatch(send -> send.to().equals(asker.endpoint)));
        assertEquals(2, relay.drops(DropReason.NO_ROUTE));
        mesh.run(Timing.ROUTE_MS + 30_000);
        inject(holder, relay, answer(QUERY, text("four")));
        assertEquals(3, relay.drops(DropReason.NO_ROUTE));
    }

    /** protocol-v6 D23: on its way through reference relays an answer comes round more than once. */
    @Test
    void anAnswerThatComesTwiceReachesTheApplicationOnce() {
        ask(asker, text("{}"), 10);
        Id query = sent(0).id(Field.USR3);
        Packet answer = answer(query, text("yes")).build();
        mesh.inject(relay.endpoint, asker, answer.withHops(1));
        mesh.inject(relay.endpoint, asker, answer.withHops(3));
        mesh.run(6_000);
        assertEquals(1, answersOf(asker).size());
    }

    @Test
    void aQuestionThatNobodyAnswersEndsWhenPatienceDoes() {
        ask(asker, text("{}"), 1);
        mesh.run(4_900);
        assertFalse(hasEnded(asker));
        mesh.run(200);
        assertTrue(answersOf(asker).isEmpty());
    }

    @Test
    void aQuestionWithoutNeighboursEndsAtOnce() {
        TestMesh.Node alone = mesh.start(9);
        ask(alone, text("{}"), 1);
        assertTrue(answersOf(alone).isEmpty());
    }

    @Test
    void whatTheApplicationDoesNotAnswerIsPassedOn() {
        relay.give(new Event.Answering(true));
        inject(asker, relay, question(QUERY, "{}"));
        assertTrue(queries.isEmpty());
        relay.give(new Event.Answer(QUERY, null));
        assertEquals(1, queries.size());
        relay.give(new Event.Answer(QUERY, text("too late")));
        assertEquals(1, queries.size());

        inject(asker, relay, question(TestPackets.filled(0x9b), "{}"));
        assertEquals(1, queries.size());
        mesh.run(Timing.THINKING_MS);
        assertEquals(2, queries.size());
    }

    @Test
    void noMoreQuestionsWaitForTheApplicationThanTheLimit() {
        relay.give(new Event.Answering(true));
        for (int i = 0; i <= Limits.QUESTIONS_PENDING_MAX; i++) {
            mesh.inject(
                    asker.endpoint,
                    relay,
                    question(TestPackets.filled(i), "{}").build().bytes());
        }
        mesh.run(1);
        assertEquals(1, queries.size());
        assertEquals(Limits.QUESTIONS_PENDING_MAX, asked(relay).size());
    }

    @Test
    void onePeersQuestionsAreTakenAtAPace() {
        for (int i = 0; i < Limits.QUESTIONS_BURST + 10; i++) {
            mesh.inject(
                    asker.endpoint,
                    relay,
                    question(TestPackets.filled(i), "{}").build().bytes());
        }
        mesh.run(1);
        assertEquals(10, relay.drops(DropReason.QUERY_BUDGET));
    }

    @Test
    void questionsOverSixteenHopsEnd() {
        inject(asker, relay, question(QUERY, "{}").hops(16));
        assertTrue(queries.isEmpty());
        assertEquals(1, relay.drops(DropReason.HOPS_EXCEEDED));
    }

    /** protocol-v6 D37: each of these ends a reference peer. */
    @Test
    void nothingIsPassedOnThatEndsAReferencePeer() {
        inject(asker, relay, question(QUERY, " null "));
        inject(asker, relay, question(QUERY, "12345").index(3));
        assertEquals(2, relay.drops(DropReason.BAD_VALUE));
        assertTrue(queries.isEmpty());
        Packet numeric = answer(QUERY, text("12345")).index(2).build();
        Peer reference = new Peer(TestPackets.filled(1), Path.main(asker.endpoint), 31, false, "0123456789ab", 0);
        Peer kin = new Peer(TestPackets.filled(1), Path.main(asker.endpoint), 31, true, "0123456789ab", 0);
        assertFalse(Queries.mayGoTo(reference, numeric));
        assertTrue(Queries.mayGoTo(kin, numeric));
        assertTrue(Queries.mayGoTo(reference, answer(QUERY, text("12345")).build()));
        assertTrue(
                Queries.mayGoTo(reference, answer(QUERY, text("12 45")).index(2).build()));
        assertFalse(Queries.mayGoTo(reference, answer(QUERY, text("null")).build()));
    }

    /** protocol-v6 D24: what a reference peer says when its application has nothing to say. */
    @Test
    void anEmptyAnswerIsNone() {
        ask(asker, text("{}"), 1);
        inject(relay, asker, answer(sent(0).id(Field.USR3), new byte[1]));
        assertFalse(hasEnded(asker));
        assertEquals(1, asker.drops(DropReason.BAD_VALUE));
    }

    @Test
    void theSameQuestionAskedAgainIsAnotherPacket() {
        ask(asker, text("{}"), 1);
        ask(asker, text("{}"), 1);
        assertFalse(Arrays.equals(sent(0).copy(Field.PACKET), sent(1).copy(Field.PACKET)));
    }

    @Test
    void waysBackAreBounded() {
        ReturnRoutes routes = new ReturnRoutes();
        Peer peer = new Peer(TestPackets.filled(1), Path.main(asker.endpoint), 31, true, "0123456789ab", 0);
        for (int i = 0; i <= Limits.ROUTES_MAX; i++) {
            routes.open(TestPackets.single(i).packetId(), peer, i);
        }
        assertEquals(Limits.ROUTES_MAX, routes.size());
        assertEquals(null, routes.asker(TestPackets.single(0).packetId(), 1));
        Id last = TestPackets.single(Limits.ROUTES_MAX).packetId();
        for (int i = 0; i < Limits.ANSWER_PACKETS_MAX; i++) {
            assertTrue(routes.mayPass(last));
        }
        assertFalse(routes.mayPass(last));
    }
}
