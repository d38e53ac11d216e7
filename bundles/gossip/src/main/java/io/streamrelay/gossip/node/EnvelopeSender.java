// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Message;
import io.streamrelay.api.Origin;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import io.streamrelay.gossip.engine.Event.Outgoing;
import io.streamrelay.gossip.engine.Now;
import io.streamrelay.gossip.node.envelope.Envelope;
import io.streamrelay.gossip.node.envelope.EnvelopeWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Sends messages in envelopes. One envelope of a subcluster is under way to the store at a time: the first message
 * goes at once, and those that come meanwhile share the next envelope. So the number of a refused envelope is free
 * again, and a receiver never waits for a number that was not used.
 */
final class EnvelopeSender {

    private final NodeParts node;
    private final Outbox outbox;
    private final SequenceNumbers numbers;
    private final EnvelopeWriter writer;
    private final EnvelopeBatcher batcher = new EnvelopeBatcher();

    /** @param numbers the numbers of this subcluster's envelopes in this epoch */
    EnvelopeSender(NodeParts node, Outbox outbox, SequenceNumbers numbers) {
        this.node = node;
        this.outbox = outbox;
        this.numbers = numbers;
        this.writer = new EnvelopeWriter(node.identity().signingKey());
    }

    /**
     * @param from the consumer that sends it and is not to get it back, or null
     * @param name what that consumer is to find it by after a restart, or null
     */
    CompletionStage<Receipt> send(Message message, ConsumerQueue from, String name) {
        CompletableFuture<Receipt> stage = new CompletableFuture<>();
        int bytes = EnvelopeWriter.sizeBytes(message);
        try {
            if (!EnvelopeWriter.fits(message)) {
                throw outbox.gate().refusal(Refusal.TOO_LARGE, EnvelopeWriter.objection(message));
            }
            outbox.requireRoom(from);
            outbox.gate().enter(bytes);
        } catch (RefusedException refusal) {
            stage.completeExceptionally(refusal);
            return stage;
        }
        PendingMessage added =
                new PendingMessage(message, bytes, node.clock().now().monotonicMs(), from, name, stage);
        switch (batcher.add(added)) {
            case GOES -> outbox.lane().execute(this::sendNext);
            case CLOSED -> refuse(List.of(added), outbox.closed());
            case WAITS -> {
                // The batch that is out takes it along when it is settled.
            }
        }
        return stage;
    }

    private void sendNext() {
        List<PendingMessage> batch = batcher.next();
        if (batch.isEmpty()) {
            return;
        }
        long sequence = numbers.next();
        try {
            Envelope envelope = envelope(batch, sequence);
            byte[] plaintext = writer.write(envelope, outbox.subcluster());
            Outgoing sealed = outbox.seal(EventIds.ENVELOPE, plaintext, null, null, null, SentNames.notes(batch))
                    .holding(batch.size());
            node.publications()
                    .publish(
                            sealed,
                            new Settling(
                                    receipt -> accepted(batch, envelope, receipt),
                                    refusal -> refused(batch, sequence, refusal)));
        } catch (IllegalStateException sealerIsClosed) {
            refused(batch, sequence, outbox.closed());
        } catch (RuntimeException | Error failure) {
            refused(batch, sequence, outbox.cannotSeal());
            throw failure;
        }
    }

    private Envelope envelope(List<PendingMessage> batch, long sequence) {
        Now now = node.clock().now();
        return new Envelope(
                node.identity().senderKey(),
                node.epoch(),
                sequence,
                WallClock.stampMs(now),
                WallClock.uncertaintyMs(now),
                now.monotonicMs() - batch.get(0).sinceMs(),
                outbox.lifetimeMs(),
                batch.stream().map(PendingMessage::message).toList());
    }

    private void accepted(List<PendingMessage> batch, Envelope envelope, Receipt receipt) {
        long sequence = envelope.sequence();
        numbers.used(sequence);
        outbox.taken(receipt);
        outbox.echoLane().execute(() -> {
            for (int position = 0; position < batch.size(); position++) {
                PendingMessage message = batch.get(position);
                Origin origin = new Origin(node.identity().senderKey(), node.epoch(), sequence, position);
                outbox.accepted(
                        new Arrival(null, message.message(), origin, receipt.packetId(), null, true, 0, 0)
                                .sent(envelope.sentMs())
                                .living(envelope.lifetimeMs()),
                        message,
                        receipt);
            }
        });
        outbox.lane().execute(this::sendNext);
    }

    private void refused(List<PendingMessage> batch, long sequence, RefusedException refusal) {
        numbers.refused(sequence, refusal.reason());
        refuse(batch, refusal);
        if (refusal.reason() != Refusal.TOO_LARGE) {
            // A smaller envelope may find the room that this one did not: what was sent later would overtake.
            refuse(batcher.takeAll(), refusal);
        }
        outbox.lane().execute(this::sendNext);
    }

    /** Refuses what waits; what is under way is settled. */
    void close() {
        List<PendingMessage> left = new ArrayList<>(batcher.close());
        if (!left.isEmpty()) {
            refuse(left, outbox.closed());
        }
    }

    private void refuse(List<PendingMessage> messages, RefusedException refusal) {
        messages.forEach(message -> outbox.refused(message, refusal));
    }
}
