// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A message that came out of a subcluster. */
public interface Received {

    /** What is known of who sent it. */
    enum Authenticity {
        /** A holder of the shared key sealed it; which one is not proven. */
        MEMBER,
        /** The sender named by {@link #origin()} signed all of it. */
        SENDER
    }

    /** The message; in raw format its topic is the event name it was registered for. */
    Message message();

    Authenticity authenticity();

    /** Set for enveloped messages. */
    Optional<Origin> origin();

    /** The id of the (first) packet that carried it. */
    Id packetId();

    /** The peer that sent it as a stream to this node alone. */
    Optional<Id> streamedBy();

    /** Whether this node itself emitted it. */
    boolean local();

    /**
     * How long ago it was emitted, in milliseconds, whatever clocks show: what its envelope and its packet say, and how
     * long it has waited here. Of raw messages only what its packet says.
     */
    long ageMs();

    /** When it was emitted by the sender's clock, in milliseconds since 1970; 0 when that was never set, or unknown. */
    default long sentMs() {
        return 0;
    }

    /** How many hops it took; 0 for local messages. */
    int hops();

    /** The payload as UTF-8 text. */
    default String text() {
        return new String(message().payload(), StandardCharsets.UTF_8);
    }
}
