// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import java.util.List;

/**
 * Messages of one sender that travel together. (sender, epoch, sequence) is its identity for ever.
 *
 * @param sender the sender's Ed25519 public key
 * @param epoch the sender's boot counter, from 1
 * @param sequence its number within the epoch and subcluster, from 1
 * @param wallMs when it was sealed, in milliseconds since 1970 by the sender's clock; 0 = the sender does not know
 * @param uncertaintyMs how far off that may be, in milliseconds; {@link #UNKNOWN} when {@code wallMs} is 0
 * @param ageMs how long its oldest message had waited when it was sealed, in milliseconds
 * @param lifetimeMs how long it lives in the mesh, in milliseconds
 * @param messages 1 to {@link #MESSAGES_MAX} messages, in the order in which they were sent
 */
public record Envelope(
        Id sender,
        long epoch,
        long sequence,
        long wallMs,
        long uncertaintyMs,
        long ageMs,
        long lifetimeMs,
        List<Message> messages)
        implements EnvelopeResult {

    /** Said of a wall clock that looks as if nobody had ever set it. */
    public static final long UNKNOWN = -1;

    /** A reader's limit against floods of tiny messages; our own senders stay far below. */
    public static final int MESSAGES_MAX = 1_024;

    /** MQTT 5 knows no limit; ours is far above what is in use. */
    public static final int PROPERTIES_MAX = 256;

    /** The longest content type, property name or property value in characters: that of MQTT 5. */
    public static final int TEXT_CHARS_MAX = 65_535;

    public Envelope {
        messages = List.copyOf(messages);
        if (messages.isEmpty() || messages.size() > MESSAGES_MAX) {
            throw new IllegalArgumentException(
                    "messages: an envelope has 1 to " + MESSAGES_MAX + " of them, not " + messages.size());
        }
    }

    /** When its oldest message was sent by the sender's clock, in milliseconds since 1970; 0 = the sender does not know. */
    public long sentMs() {
        return wallMs == 0 ? 0 : Math.max(1, wallMs - ageMs);
    }
}
