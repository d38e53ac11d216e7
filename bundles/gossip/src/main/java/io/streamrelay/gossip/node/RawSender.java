// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.api.crypto.SigningKey;
import io.streamrelay.gossip.engine.EngineConfig;
import io.streamrelay.gossip.engine.Event.Outgoing;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Sends raw events, as JavaScript peers do: to a whole subcluster, or as a stream to one peer. */
final class RawSender {

    private static final int PAYLOAD_BYTES_MAX = EngineConfig.DEFAULT_MESSAGE_BYTES - Sealer.OVERHEAD_BYTES;

    private final NodeParts node;
    private final Outbox outbox;
    private final SequenceNumbers numbers;

    /** @param numbers the numbers of this subcluster's raw messages in this epoch */
    RawSender(NodeParts node, Outbox outbox, SequenceNumbers numbers) {
        this.node = node;
        this.outbox = outbox;
        this.numbers = numbers;
    }

    /**
     * @param from the consumer that sends it and is not to get it back, or null
     * @param name what that consumer is to find it by after a restart, or null
     */
    CompletionStage<Receipt> emit(String event, byte[] payload, ConsumerQueue from, String name) {
        try {
            outbox.requireRoom(from);
        } catch (RefusedException refusal) {
            return CompletableFuture.failedStage(refusal);
        }
        return send(event, payload, from, name, message -> emit(message, numbers.next()));
    }

    private void emit(PendingMessage message, long sequence) {
        Outgoing sealed;
        try {
            sealed = seal(message, new RawHint(node.epoch(), sequence).encode());
        } catch (RuntimeException | Error failure) {
            numbers.refused(sequence, Refusal.CLOSED);
            throw failure;
        }
        node.publications().publish(sealed, new Settling(receipt -> accepted(message, sequence, receipt), refusal -> {
            numbers.refused(sequence, refusal.reason());
            outbox.refused(message, refusal);
        }));
    }

    /** To one peer alone; nobody here hears it. */
    CompletionStage<Receipt> stream(Id to, String event, byte[] payload) {
        return send(
                event,
                payload,
                null,
                null,
                message -> node.publications().stream(
                        to,
                        seal(message, null),
                        new Settling(
                                receipt -> outbox.left(message, receipt),
                                refusal -> outbox.refused(message, refusal))));
    }

    private CompletionStage<Receipt> send(
            String event, byte[] payload, ConsumerQueue from, String name, Consumer<PendingMessage> way) {
        CompletableFuture<Receipt> stage = new CompletableFuture<>();
        try {
            if (payload.length > PAYLOAD_BYTES_MAX) {
                throw outbox.gate()
                        .refusal(
                                Refusal.TOO_LARGE,
                                "the raw payload has " + payload.length + " bytes; " + PAYLOAD_BYTES_MAX
                                        + " are allowed");
            }
            outbox.gate().enter(payload.length);
        } catch (RefusedException refusal) {
            stage.completeExceptionally(refusal);
            return stage;
        }
        PendingMessage message = new PendingMessage(
                Message.of(event, payload), payload.length, node.clock().now().monotonicMs(), from, name, stage);
        outbox.lane().execute(() -> sealAndSend(message, way));
        return stage;
    }

    private void sealAndSend(PendingMessage message, Consumer<PendingMessage> way) {
        try {
            way.accept(message);
        } catch (IllegalStateException sealerIsClosed) {
            outbox.refused(message, outbox.closed());
        } catch (RuntimeException | Error failure) {
            outbox.refused(message, outbox.cannotSeal());
            throw failure;
        }
    }

    private Outgoing seal(PendingMessage pending, byte[] extension) {
        Message message = pending.message();
        SigningKey key = node.identity().signingKey();
        byte[] signature = ReferenceSignature.of(key, message.payload());
        Id signer = signature == null ? null : key.publicKey();
        return outbox.seal(
                EventIds.of(message.topic()),
                message.payload(),
                signer,
                signature,
                extension,
                SentNames.notes(List.of(pending)));
    }

    private void accepted(PendingMessage message, long sequence, Receipt receipt) {
        numbers.used(sequence);
        outbox.taken(receipt);
        Id event = EventIds.of(message.message().topic());
        Arrival echo = new Arrival(event, message.message(), null, receipt.packetId(), null, true, 0, 0);
        outbox.echoLane().execute(() -> outbox.accepted(echo, message, receipt));
    }
}
