// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.Receipt;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import io.streamrelay.gossip.node.order.OrderRoom;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawSenderTest {

    private final AtomicBoolean broken = new AtomicBoolean();
    private TestParts parts;
    private RawSender sender;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        parts = new TestParts(folder);
        Sealer sealer = new BreakableSealer(parts.keys.sealer(parts.keys.sharedKey("secret")), broken);
        SubclusterMemory memory = SubclusterMemory.of(sealer.subclusterId(), parts.parts, new OrderRoom());
        EventListeners listeners = new EventListeners(parts.dispatcher);
        Distribution distribution = new Distribution("x", listeners, parts.parts, parts.keyWatch());
        Outbox outbox = new Outbox(parts.parts, sealer, memory.lane(), distribution);
        sender = new RawSender(parts.parts, outbox, memory.rawNumbers());
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void numbersMessagesFromOneWithoutGapsAlsoWhenOneIsRefused() throws Exception {
        emit();
        Event.Publish first = parts.nextPublish();
        parts.accept(first);
        CompletableFuture<Receipt> refused = emit();
        Event.Publish second = parts.nextPublish();
        parts.publications.refused(new Action.Refused(second.token(), Refusal.BACKLOG_FULL, "full"));
        assertRefused(Refusal.BACKLOG_FULL, refused);
        emit();
        assertEquals(1, number(first));
        assertEquals(2, number(second));
        assertEquals(2, number(parts.nextPublish()));
    }

    @Test
    void usesNoNumberForAMessageThatCannotBeSealed() throws Exception {
        broken.set(true);
        assertRefused(Refusal.BUSY, emit());
        broken.set(false);
        emit();
        assertEquals(1, number(parts.nextPublish()));
    }

    private CompletableFuture<Receipt> emit() {
        return sender.emit("event", new byte[1], null, null).toCompletableFuture();
    }

    private static long number(Event.Publish publish) {
        return RawHint.decode(publish.message().extension()).sequence();
    }

    private static void assertRefused(Refusal reason, CompletableFuture<Receipt> stage) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> stage.get(10, TimeUnit.SECONDS));
        assertEquals(reason, ((RefusedException) failure.getCause()).reason());
    }
}
