// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.Origin;
import io.streamrelay.api.crypto.SealException;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.gossip.engine.Action.Incoming;
import io.streamrelay.gossip.engine.Event;
import io.streamrelay.gossip.node.envelope.BadEnvelope;
import io.streamrelay.gossip.node.envelope.Envelope;
import io.streamrelay.gossip.node.envelope.EnvelopeReader;
import io.streamrelay.gossip.node.envelope.EnvelopeResult;
import io.streamrelay.gossip.node.order.OrderWait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Opens what comes in for one subcluster, checks who sent it, removes what came before, restores each sender's order,
 * and hands it on. All of it happens on the subcluster's lane.
 */
final class Receiver {

    private final NodeParts node;
    private final Sealer sealer;
    private final SubclusterMemory memory;
    private final StreamInbox streams;
    private final EnvelopeReader reader;
    private volatile Set<Id> trusted = Set.of();
    private long timerMs = Long.MAX_VALUE;

    Receiver(NodeParts node, Sealer sealer, SubclusterMemory memory, StreamInbox streams) {
        this.node = node;
        this.sealer = sealer;
        this.memory = memory;
        this.streams = streams;
        this.reader = new EnvelopeReader(node.keys());
    }

    /** @param senders the keys whose envelopes are taken; none = every member's */
    void trust(Set<Id> senders) {
        trusted = senders;
    }

    /** @param wait how long messages wait for those before them, those included that do; 0 = none waits */
    void waitFor(Duration wait) {
        OrderWait next = OrderWait.of(wait);
        memory.lane().execute(() -> {
            memory.envelopes().waitFor(next);
            memory.raw().waitFor(next);
            timerDue();
        });
    }

    /**
     * Takes a message from the engine. Never waits. What has waited in the store makes nobody else wait: it is there at
     * once, thousands of it perhaps, and what it lacks comes from peers that must not go unheard.
     */
    void receive(Incoming message) {
        if (message.waited()) {
            memory.lane().execute(() -> openOne(message));
            return;
        }
        node.opening().enter();
        memory.lane().execute(() -> {
            try {
                openOne(message);
            } finally {
                node.opening().leave();
            }
        });
    }

    /** Whatever came of it, what is to be kept of it was handed to the store before the engine hears that it is taken. */
    private void openOne(Incoming message) {
        if (message.from() == null && memory.left().stays(message.packetId())) {
            return;
        }
        try {
            open(message);
            setTimer();
        } finally {
            if (message.from() == null) {
                node.queue().fact(new Event.Taken(message.packetId()));
            }
        }
    }

    private void open(Incoming message) {
        byte[] plaintext;
        try {
            plaintext = sealer.open(message.sealed());
        } catch (SealException e) {
            drop("cannot-open");
            return;
        }
        node.counters().increment("received.sealed");
        node.counters().add("received.bytes", plaintext.length);
        if (message.from() != null) {
            stream(message, plaintext);
        } else if (message.event().equals(EventIds.ENVELOPE)) {
            envelope(message, plaintext);
        } else {
            raw(message, plaintext);
        }
    }

    private void stream(Incoming message, byte[] plaintext) {
        Arrival arrival =
                Arrival.raw(message.event(), plaintext, message.packetId(), message.from(), false, message.hops());
        if (!streams.deliver(arrival)) {
            drop("stream-unheard");
        }
    }

    private void envelope(Incoming message, byte[] plaintext) {
        EnvelopeResult result = reader.read(plaintext, message.subcluster());
        if (result instanceof BadEnvelope bad) {
            drop(bad.reason().label());
        } else if (result instanceof Envelope envelope) {
            envelope(message, envelope);
        }
    }

    private void envelope(Incoming message, Envelope envelope) {
        Id sender = envelope.sender();
        if (sender.equals(node.identity().senderKey())) {
            // The mesh gives back what this node sent before a restart; here it was heard then.
            drop("own-message");
        } else if (!trusted.isEmpty() && !trusted.contains(sender)) {
            drop("sender-not-trusted");
        } else {
            current(message, envelope);
        }
    }

    private void current(Incoming message, Envelope envelope) {
        // Both are ages: no clock has to be right for a lifetime to end when it should.
        long ageMs = Math.min(envelope.ageMs(), Long.MAX_VALUE / 2) + message.ageMs();
        if (ageMs >= envelope.lifetimeMs()) {
            drop("expired");
            return;
        }
        Ordered item = new Ordered(
                envelope.sender(), envelope.epoch(), envelope.sequence(), nowMs(), arrivals(message, envelope, ageMs));
        if (!memory.envelopes().accept(item)) {
            drop("envelope-repeated");
        }
    }

    private static List<Arrival> arrivals(Incoming message, Envelope envelope, long ageMs) {
        List<Arrival> arrivals = new ArrayList<>(envelope.messages().size());
        for (Message each : envelope.messages()) {
            Origin origin = new Origin(envelope.sender(), envelope.epoch(), envelope.sequence(), arrivals.size());
            arrivals.add(new Arrival(null, each, origin, message.packetId(), null, false, ageMs, message.hops())
                    .sent(envelope.sentMs())
                    .living(envelope.lifetimeMs()));
        }
        return arrivals;
    }

    private void raw(Incoming message, byte[] plaintext) {
        if (isSigned(message, plaintext)) {
            node.counters().increment("received.raw-verified");
            if (message.signer().equals(node.identity().senderKey())) {
                drop("own-message");
                return;
            }
        } else {
            node.counters().increment("received.raw-unverified");
        }
        List<Arrival> arrivals =
                List.of(Arrival.raw(message.event(), plaintext, message.packetId(), null, false, message.hops()));
        if (!isOrdered(message, arrivals)) {
            memory.taker().accept(arrivals, List.of());
        }
    }

    /** As the reference signs: it covers too little to name a sender by it. */
    private boolean isSigned(Incoming message, byte[] plaintext) {
        return message.signer() != null
                && message.signature() != null
                && node.keys()
                        .verifyReference(
                                plaintext, message.signature(), message.signer().bytes());
    }

    private boolean isOrdered(Incoming message, List<Arrival> arrivals) {
        RawHint hint = RawHint.decode(message.extension());
        if (hint == null || message.signer() == null) {
            return false;
        }
        return memory.raw().accept(new Ordered(message.signer(), hint.epoch(), hint.sequence(), nowMs(), arrivals));
    }

    private long nowMs() {
        return node.clock().now().monotonicMs();
    }

    private void drop(String reason) {
        node.drops().drop(reason, null);
    }

    private void setTimer() {
        long deadlineMs = Math.min(memory.envelopes().deadlineMs(), memory.raw().deadlineMs());
        if (deadlineMs < timerMs) {
            timerMs = deadlineMs;
            long delayMs = Math.max(0, deadlineMs - nowMs());
            node.workers().after(delayMs, () -> memory.lane().execute(this::timerDue));
        }
    }

    /** Lets go what has waited long enough for what came before it. */
    void timerDue() {
        timerMs = Long.MAX_VALUE;
        memory.envelopes().expire(nowMs());
        memory.raw().expire(nowMs());
        setTimer();
    }
}
