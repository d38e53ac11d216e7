// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Answer;
import io.streamrelay.api.Id;
import io.streamrelay.api.Query;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions and summaries between our node and a reference peer. */
class QueryInteropIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String CLUSTER = "queries";
    private static final String EVENT = "e";
    private static final byte[] KEY = new byte[32];
    private static final int QUERY = 8;

    @TempDir
    Path folder;

    private StreamRelay node;
    private Subcluster subcluster;
    private ReferencePeer reference;

    @BeforeEach
    void open() throws IOException {
        node = LoopbackNode.open(folder, CLUSTER);
        subcluster = node.subcluster(SubclusterOptions.of("s", SharedKey.ofBytes(KEY)));
        reference = member();
    }

    private static ReferencePeer member() {
        ReferencePeer peer = ReferencePeer.inCluster(CLUSTER);
        peer.subcluster("s", KEY);
        peer.on("s", EVENT);
        peer.watch(QUERY);
        return peer;
    }

    private void meet() {
        reference.connect(LoopbackNode.endpoint(node), "s");
        reference.awaitJoin(node.info().peerId(), SOON);
    }

    @AfterEach
    void close() {
        node.close();
        List<String> crashes = reference.crashes();
        reference.close();
        assertEquals(List.of(), crashes, "what we send must not make the reference throw");
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private static String packetQuery(Id packetId) {
        return "{\"packetId\":\"" + packetId.hex() + "\"}";
    }

    private ReferencePacket answerTo(Id query) {
        return reference
                .awaitPackets(SOON, packets -> packets.stream().anyMatch(packet -> answers(packet, query)))
                .stream()
                .filter(packet -> answers(packet, query))
                .findFirst()
                .orElseThrow();
    }

    private static boolean answers(ReferencePacket packet, Id query) {
        return new String(packet.usr4(), StandardCharsets.US_ASCII).equals("2")
                && Id.of(packet.usr3()).equals(query);
    }

    @Test
    @Tag("case-35")
    void servesTheReferenceACopyOfWhatIsHeld() throws Exception {
        Id small = get(subcluster.emit(EVENT, "small")).packetId();
        Id large = get(subcluster.emit(EVENT, new byte[3_000])).packetId();
        meet();
        for (Id asked : List.of(small, large)) {
            Id query = reference.ask(LoopbackNode.endpoint(node), packetQuery(asked), Duration.ZERO);
            ReferencePacket answer = answerTo(query);
            assertEquals(QUERY, answer.type());
            assertEquals(asked, answer.packetId());
            assertEquals(asked.equals(small) ? -1 : 0, answer.index());
        }
        // Were it changed, a peer that comes now would get a query in its place (protocol-v6 D9).
        try (ReferencePeer late = member()) {
            late.connect(LoopbackNode.endpoint(node), "s");
            assertEquals(
                    2,
                    late.awaitMessages(SOON, messages -> messages.size() >= 2).size());
        }
    }

    @Test
    @Tag("case-35")
    void applicationAnswersWhatTheReferenceAsks() {
        node.onQuery(question -> question.text().equals("{\"what\":\"temperature\"}")
                ? Optional.of("{\"celsius\":21.5}".getBytes(StandardCharsets.UTF_8))
                : Optional.empty());
        meet();
        reference.query("{\"what\":\"temperature\"}");
        ReferencePacket answer =
                reference.awaitPackets(SOON, packets -> !packets.isEmpty()).get(0);
        assertEquals("2", new String(answer.usr4(), StandardCharsets.US_ASCII));
        assertEquals(32, answer.usr3().length);
        assertEquals("{\"celsius\":21.5}", new String(answer.message(), StandardCharsets.UTF_8));
    }

    @Test
    @Tag("case-35")
    void theReferencesAnswerReachesUsOnceEachTimeWeAsk() throws Exception {
        meet();
        Id packet = reference.emit("s", EVENT, new byte[100]);
        for (int i = 0; i < 3; i++) {
            // It ignores a question that it has answered within its tick, but not ours: each is another packet.
            List<Answer> answers =
                    get(node.query(Query.forPacket(packet).enough(5).within(Duration.ofMillis(500))));
            assertEquals(1, answers.size());
            assertEquals(packet, answers.get(0).packetId());
            assertEquals(260, answers.get(0).body().length);
        }
    }

    @Test
    @Tag("case-35")
    void questionsAndAnswersPassThroughUsBetweenReferences() {
        meet();
        try (ReferencePeer holder = member()) {
            // It holds what nobody else does: we do not reconcile with a peer that is deaf.
            holder.connect(LoopbackNode.endpoint(node), "s");
            holder.awaitJoin(node.info().peerId(), SOON);
            Id query = reference.ask(LoopbackNode.endpoint(node), "{\"what\":\"x\"}", Duration.ZERO);
            ReferencePacket question =
                    holder.awaitPackets(SOON, packets -> !packets.isEmpty()).get(0);
            assertEquals(query, Id.of(question.usr3()));
            assertEquals("{\"what\":\"x\"}", new String(question.message(), StandardCharsets.UTF_8));
            assertArrayEquals(new byte[] {'1'}, question.usr4());
        }
    }

    @Test
    @Tag("case-36")
    void ignoresAReferencesQuestionThatIsOldByItsClock() throws Exception {
        Id held = get(subcluster.emit(EVENT, "held")).packetId();
        meet();
        reference.ask(LoopbackNode.endpoint(node), packetQuery(held), Duration.ofMillis(2_500));
        Id fresh = reference.ask(LoopbackNode.endpoint(node), packetQuery(held), Duration.ZERO);
        answerTo(fresh);
        assertEquals(1, reference.awaitPackets(SOON, packets -> true).size());
        assertEquals(1, node.counters().get("drop.query-old"));
    }

    /** Without asking for them the fragments would come with the next comparison, up to half a minute later. */
    @Test
    void fragmentsThatGotLostOnTheWayFromTheReferenceAreAskedFor() {
        Journal<byte[]> heard = new Journal<>();
        subcluster.on(EVENT, message -> heard.add(message.message().payload()));
        meet();
        reference.loseOnTheWay(0.3);
        assertTrue(IntStream.range(0, 3).anyMatch(round -> comeSoon(heard, round)), "not in any of three rounds");
        assertTrue(node.counters().get("fragments-asked") > 0);
    }

    /** Whether two messages come before the next comparison: once is enough, for the machine may be busy. */
    private boolean comeSoon(Journal<byte[]> heard, int round) {
        Payloads payloads = Payloads.ofSizes(20_000 + round, 50_000 + round);
        payloads.all().forEach(payload -> reference.emit("s", EVENT, payload));
        long endNs = System.nanoTime() + Duration.ofSeconds(25).toNanos();
        List<byte[]> all = heard.await(Duration.ofMinutes(2), messages -> messages.size() == 2 * (round + 1));
        boolean soon = System.nanoTime() - endNs < 0;
        payloads.assertEachOnce(all.subList(2 * round, all.size()));
        return soon;
    }
}
