// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.gossip.engine.Event.Outgoing;
import java.util.List;
import java.util.concurrent.Executor;

/** What all ways of sending into one subcluster share: sealing, echo to this node's own listeners, and the answer. */
final class Outbox {

    private final NodeParts node;
    private final Sealer sealer;
    private final Lane echoLane;
    private final Distribution distribution;
    private final Lane lane;
    private final SendGate gate;
    private volatile long lifetimeMs;

    /** @param echoLane where messages of this subcluster are handed on */
    Outbox(NodeParts node, Sealer sealer, Lane echoLane, Distribution distribution) {
        this.node = node;
        this.sealer = sealer;
        this.echoLane = echoLane;
        this.distribution = distribution;
        this.lane = node.workers().lane();
        this.gate = new SendGate(node, SendGate.WAIT_MS);
    }

    Id subcluster() {
        return sealer.subclusterId();
    }

    SendGate gate() {
        return gate;
    }

    /**
     * @param from the consumer that sends, which is not to get it back, or null
     * @throws RefusedException with BACKLOG_FULL while another consumer of this node has no room for what is sent
     */
    void requireRoom(ConsumerQueue from) {
        if (distribution.isFull(from)) {
            throw gate.refusal(
                    Refusal.BACKLOG_FULL, "a consumer of this node takes nothing, and as much waits for it as may");
        }
    }

    /** Where messages are sealed, in their order. */
    Lane lane() {
        return lane;
    }

    Executor echoLane() {
        return echoLane;
    }

    long lifetimeMs() {
        return lifetimeMs;
    }

    void lifetimeMs(long value) {
        lifetimeMs = value;
    }

    /**
     * @param notes what is to be committed with it
     * @throws IllegalStateException when the subcluster was closed
     */
    Outgoing seal(Id event, byte[] plaintext, Id signer, byte[] signature, byte[] extension, List<StoreChange> notes) {
        byte[] sealed = sealer.seal(plaintext);
        node.counters().increment("sent.sealed");
        node.counters().add("sent.bytes", plaintext.length);
        return new Outgoing(sealer.subclusterId(), event, signer, signature, extension, sealed, lifetimeMs, notes);
    }

    /** The engine has taken a message, and is about to send it: on its thread. */
    void taken(Receipt receipt) {
        node.trails().begin(receipt.packetId(), distribution.subcluster());
    }

    /** Hands an accepted message to this node's own listeners, and then answers. On the echo lane. */
    void accepted(Arrival echo, PendingMessage message, Receipt receipt) {
        node.counters().increment("sent.messages");
        long tookMs = node.clock().now().monotonicMs() - message.sinceMs();
        node.trails().committed(receipt.packetId(), message.message().topic(), tookMs);
        gate.leave(message.bytes());
        distribution
                .deliver(List.of(echo), List.of(), message.from())
                .whenCompleteAsync((kept, impossible) -> message.stage().complete(receipt), node.completions());
    }

    /** Answers for a message that nobody here is to hear. */
    void left(PendingMessage message, Receipt receipt) {
        node.counters().increment("sent.streams");
        gate.leave(message.bytes());
        node.completions().execute(() -> message.stage().complete(receipt));
    }

    void refused(PendingMessage message, RefusedException refusal) {
        gate.leave(message.bytes());
        node.completions().execute(() -> message.stage().completeExceptionally(refusal));
    }

    /** Nothing of it has left. */
    RefusedException cannotSeal() {
        return gate.refusal(Refusal.BUSY, "the message could not be sealed");
    }

    RefusedException closed() {
        return gate.refusal(Refusal.CLOSED, "the subcluster was closed");
    }
}
