// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.Origin;
import io.streamrelay.api.Received;
import java.util.Optional;

/**
 * A message as it came out of the seal, before it is known who wants it.
 *
 * @param event the id of a raw message's event, whose name only a listener knows; null for an enveloped message
 * @param message an enveloped message; or a raw payload under a topic that {@link #named} replaces
 * @param origin null for raw messages
 * @param packetId the id of the (first) packet that carried it
 * @param streamedBy the sender of a stream, or null
 * @param local whether this node emitted it
 * @param ageMs how long ago it was emitted, 0 when unknown
 * @param hops how many hops it took
 * @param sentMs when it was emitted by the sender's clock, in milliseconds since 1970, 0 when unknown
 * @param lifetimeMs from which age on it is not to be handed on any more; the greatest number when unknown
 */
record Arrival(
        Id event,
        Message message,
        Origin origin,
        Id packetId,
        Id streamedBy,
        boolean local,
        long ageMs,
        int hops,
        long sentMs,
        long lifetimeMs) {

    /** What objects cost beside what is in them. Estimated. */
    private static final int OVERHEAD_BYTES = 250;

    Arrival(Id event, Message message, Origin origin, Id packetId, Id streamedBy, boolean local, long ageMs, int hops) {
        this(event, message, origin, packetId, streamedBy, local, ageMs, hops, 0, Long.MAX_VALUE);
    }

    /** When its sender's clock showed this. */
    Arrival sent(long wallMs) {
        return new Arrival(event, message, origin, packetId, streamedBy, local, ageMs, hops, wallMs, lifetimeMs);
    }

    /** The same, which ends at this age. */
    Arrival living(long forMs) {
        return new Arrival(event, message, origin, packetId, streamedBy, local, ageMs, hops, sentMs, forMs);
    }

    boolean isExpired() {
        return ageMs >= lifetimeMs;
    }

    /** A raw message, from a member or, as a stream, from one peer. */
    static Arrival raw(Id event, byte[] payload, Id packetId, Id streamedBy, boolean local, int hops) {
        return new Arrival(event, Message.of(event.hex(), payload), null, packetId, streamedBy, local, 0, hops);
    }

    /** The same after it has waited here. */
    Arrival older(long waitedMs) {
        return new Arrival(
                event, message, origin, packetId, streamedBy, local, ageMs + waitedMs, hops, sentMs, lifetimeMs);
    }

    /** About what it holds in memory. */
    int bytes() {
        int bytes = OVERHEAD_BYTES + message.topic().length() + message.payload().length;
        for (Message.Property property : message.properties()) {
            bytes +=
                    OVERHEAD_BYTES + property.name().length() + property.value().length();
        }
        return bytes;
    }

    boolean isRaw() {
        return event != null;
    }

    /** As a listener gets it who has registered for this name. */
    Received named(String name) {
        return received(isRaw() ? Message.of(name, message.payload()) : message);
    }

    /** This message with the name of its event as its topic. */
    Arrival withTopic(String name) {
        return new Arrival(
                event,
                Message.of(name, message.payload()),
                origin,
                packetId,
                streamedBy,
                local,
                ageMs,
                hops,
                sentMs,
                lifetimeMs);
    }

    private Received received(Message named) {
        return new ReceivedMessage(
                named,
                isRaw() ? Received.Authenticity.MEMBER : Received.Authenticity.SENDER,
                Optional.ofNullable(origin),
                packetId,
                Optional.ofNullable(streamedBy),
                local,
                ageMs,
                hops,
                sentMs);
    }
}
