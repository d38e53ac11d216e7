// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.Message;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import io.streamrelay.gossip.node.envelope.Envelope;
import io.streamrelay.gossip.node.envelope.EnvelopeReader;
import io.streamrelay.gossip.node.order.OrderRoom;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvelopeSenderTest {

    private TestParts parts;
    private Sealer sealer;
    private EventListeners listeners;
    private EnvelopeSender sender;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        parts = new TestParts(folder);
        sealer = parts.keys.sealer(parts.keys.sharedKey("secret"));
        listeners = new EventListeners(parts.dispatcher);
        sender = senderWith(sealer);
    }

    private EnvelopeSender senderWith(Sealer used) {
        SubclusterMemory memory = SubclusterMemory.of(used.subclusterId(), parts.parts, new OrderRoom());
        Distribution distribution = new Distribution("x", listeners, parts.parts, parts.keyWatch());
        Outbox outbox = new Outbox(parts.parts, used, memory.lane(), distribution);
        outbox.lifetimeMs(60_000);
        return new EnvelopeSender(parts.parts, outbox, memory.envelopeNumbers());
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void completesAStageWhenTheEngineHasAccepted() throws Exception {
        CompletableFuture<Receipt> stage = send("a");
        Event.Publish publish = parts.nextPublish();
        assertFalse(stage.isDone());
        parts.accept(publish);
        assertEquals(new Receipt(TestParts.PACKET, 1), stage.get(10, TimeUnit.SECONDS));
    }

    @Test
    void sendsOneEnvelopeAtATimeAndGathersTheRest() throws Exception {
        CompletableFuture<Receipt> first = send("a");
        Event.Publish alone = parts.nextPublish();
        List<CompletableFuture<Receipt>> rest = List.of(send("b"), send("c"), send("d"));
        parts.accept(alone);
        Event.Publish shared = parts.nextPublish();
        assertEquals(List.of("a"), texts(alone));
        assertEquals(List.of("b", "c", "d"), texts(shared));
        parts.accept(shared);
        first.get(10, TimeUnit.SECONDS);
        for (CompletableFuture<Receipt> stage : rest) {
            stage.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void numbersEnvelopesFromOneWithoutGapsAlsoWhenOneIsRefused() throws Exception {
        send("a");
        Event.Publish first = parts.nextPublish();
        parts.accept(first);
        CompletableFuture<Receipt> refused = send("b");
        Event.Publish second = parts.nextPublish();
        parts.publications.refused(new Action.Refused(second.token(), Refusal.BACKLOG_FULL, "full"));
        assertRefused(Refusal.BACKLOG_FULL, refused);
        send("b");
        Event.Publish third = parts.nextPublish();
        assertEquals(1, read(first).sequence());
        assertEquals(2, read(second).sequence());
        assertEquals(2, read(third).sequence());
        assertEquals(1, parts.counter("refused.backlog-full"));
    }

    /** A smaller envelope may find the room that a larger one did not. */
    @Test
    void refusesWhatWaitsBehindWhatIsRefusedForNow() throws Exception {
        CompletableFuture<Receipt> refused = send("a");
        Event.Publish first = parts.nextPublish();
        CompletableFuture<Receipt> behind = send("b");
        parts.publications.refused(new Action.Refused(first.token(), Refusal.BACKLOG_FULL, "full"));
        assertRefused(Refusal.BACKLOG_FULL, refused);
        assertRefused(Refusal.BACKLOG_FULL, behind);
        send("c");
        assertEquals(List.of("c"), texts(parts.nextPublish()));
    }

    @Test
    void goesOnBehindWhatIsTooLarge() throws Exception {
        CompletableFuture<Receipt> refused = send("a");
        Event.Publish first = parts.nextPublish();
        send("b");
        parts.publications.refused(new Action.Refused(first.token(), Refusal.TOO_LARGE, "too large"));
        assertRefused(Refusal.TOO_LARGE, refused);
        assertEquals(List.of("b"), texts(parts.nextPublish()));
    }

    @Test
    void echoesToOwnListenersBeforeItAnswers() throws Exception {
        CompletableFuture<Boolean> heard = new CompletableFuture<>();
        listeners.on("topic", message -> heard.complete(message.local()));
        CompletableFuture<Receipt> stage = send("a");
        parts.accept(parts.nextPublish());
        stage.get(10, TimeUnit.SECONDS);
        assertEquals(true, heard.get(10, TimeUnit.SECONDS));
    }

    @Test
    void refusesWhatNoEnvelopeHolds() {
        CompletableFuture<Receipt> stage =
                sender.send(Message.of("topic", new byte[2 << 20]), null, null).toCompletableFuture();
        assertRefused(Refusal.TOO_LARGE, stage);
    }

    @Test
    void refusesWhatWaitsWhenTheSubclusterIsClosed() throws Exception {
        CompletableFuture<Receipt> underWay = send("a");
        Event.Publish publish = parts.nextPublish();
        CompletableFuture<Receipt> waits = send("b");
        sender.close();
        assertRefused(Refusal.CLOSED, waits);
        parts.accept(publish);
        underWay.get(10, TimeUnit.SECONDS);
        assertRefused(Refusal.CLOSED, send("c"));
    }

    @Test
    void goesOnAfterAMessageThatCannotBeSealed() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        sender = senderWith(new BreakableSealer(sealer, broken));
        assertRefused(Refusal.BUSY, send("a"));
        broken.set(false);
        send("b");
        assertEquals(1, read(parts.nextPublish()).sequence());
    }

    /** No receiver waits for it then. */
    @Test
    void usesTheNumberAgainOfWhatFoundNoRoomOnDisk() throws Exception {
        CompletableFuture<Receipt> failed = send("a");
        Event.Publish first = parts.nextPublish();
        parts.publications.refused(new Action.Refused(first.token(), Refusal.STORE_FULL, "no room"));
        assertRefused(Refusal.STORE_FULL, failed);
        send("b");
        assertEquals(1, read(parts.nextPublish()).sequence());
    }

    @Test
    void usesNoNumberAgainThatMayBeOnDisk() throws Exception {
        CompletableFuture<Receipt> failed = send("a");
        Event.Publish first = parts.nextPublish();
        parts.publications.refused(new Action.Refused(first.token(), Refusal.STORE_FAILED, "unknown"));
        assertRefused(Refusal.STORE_FAILED, failed);
        send("b");
        assertEquals(2, read(parts.nextPublish()).sequence());
    }

    @Test
    void stampsNoTimeByAClockThatWasNeverSet() throws Exception {
        parts.clock.wall(86_400_000);
        send("a");
        Envelope envelope = read(parts.nextPublish());
        assertEquals(0, envelope.wallMs());
        assertEquals(Envelope.UNKNOWN, envelope.uncertaintyMs());
    }

    @Test
    void leavesTheSignatureOfThePacketToRawMessages() throws Exception {
        send("a");
        Event.Outgoing message = parts.nextPublish().message();
        assertEquals(EventIds.ENVELOPE, message.event());
        assertEquals(null, message.signer());
        assertEquals(60_000, message.lifetimeMs());
    }

    /** Its own messages would not be for itself. */
    @Test
    void makesOthersWaitWhileAConsumerHasNoRoom(@TempDir Path folder) throws Exception {
        parts.close();
        parts = new TestParts(folder, 500);
        sender = senderWith(sealer);
        ConsumerQueue queue = parts.parts.consumers().queue("x", "c");
        Arrival waiting =
                new Arrival(null, Message.of("topic", new byte[500]), null, TestParts.PACKET, null, false, 0, 1);
        parts.parts
                .consumers()
                .keep("x", List.of(waiting), List.of(), null)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertRefused(Refusal.BACKLOG_FULL, send("a"));
        assertFalse(parts.parts.consumers().isFull("other", null));
        send("b", queue);
        assertEquals(List.of("b"), texts(parts.nextPublish()));
    }

    private CompletableFuture<Receipt> send(String text) {
        return send(text, null);
    }

    private CompletableFuture<Receipt> send(String text, ConsumerQueue from) {
        return sender.send(Message.of("topic", text.getBytes(StandardCharsets.UTF_8)), from, null)
                .toCompletableFuture();
    }

    private List<String> texts(Event.Publish publish) throws Exception {
        return read(publish).messages().stream()
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .toList();
    }

    private Envelope read(Event.Publish publish) throws Exception {
        byte[] plaintext = sealer.open(publish.message().sealed());
        return assertInstanceOf(Envelope.class, new EnvelopeReader(parts.keys).read(plaintext, sealer.subclusterId()));
    }

    private static void assertRefused(Refusal reason, CompletableFuture<Receipt> stage) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> stage.get(10, TimeUnit.SECONDS));
        assertEquals(
                reason,
                assertInstanceOf(RefusedException.class, failure.getCause()).reason());
    }
}
