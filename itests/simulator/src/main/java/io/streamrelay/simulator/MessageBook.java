// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** All messages of a simulation: writes them, and recognises them where they come out. */
public final class MessageBook {

    /** The reference's lifetime of a packet, 6 h. */
    public static final long LIFETIME_MS = 21_600_000;

    private static final int SIGNATURE_BYTES = 64;
    private static final int EXTENSION_BYTES = 16;

    private final List<Message> messages = new ArrayList<>();
    private final RandomGenerator random;

    MessageBook(Chance chance) {
        random = chance.of("messages");
    }

    /** The id that stands for a text: of a subcluster, an event, a peer. */
    static Id id(String text) {
        return Id.of(StandInSeal.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** All, in the order in which they were sent. */
    public List<Message> all() {
        return Collections.unmodifiableList(messages);
    }

    Message byToken(long token) {
        if (token < 1 || token > messages.size()) {
            throw new Violation("an answer for token " + token + ", which no command carried");
        }
        return messages.get((int) token - 1);
    }

    /** Writes a message with a plaintext of that many bytes, at least 4. */
    Message write(int from, int to, Id subcluster, int bytes, long nowMs) {
        return write(from, to, subcluster, bytes, nowMs, LIFETIME_MS);
    }

    Message write(int from, int to, Id subcluster, int bytes, long nowMs, long lifetimeMs) {
        ByteBuffer plaintext = ByteBuffer.wrap(randomBytes(bytes)).putInt(0, messages.size());
        Message message = new Message(
                messages.size(),
                from,
                to,
                nowMs,
                new Event.Outgoing(
                        subcluster,
                        id("event " + messages.size() % 3),
                        id("signer " + from),
                        randomBytes(SIGNATURE_BYTES),
                        to == Message.TO_ALL ? randomBytes(EXTENSION_BYTES) : null,
                        StandInSeal.seal(subcluster, plaintext.array(), random),
                        lifetimeMs));
        messages.add(message);
        return message;
    }

    /**
     * Which message this is.
     *
     * @throws Violation when it is none, or anything of it has changed on the way
     */
    Message read(Action.Incoming incoming) {
        int number = ByteBuffer.wrap(StandInSeal.open(incoming.subcluster(), incoming.sealed()))
                .getInt();
        Message message = messages.get(number);
        Event.Outgoing sent = message.outgoing();
        boolean same = sent.event().equals(incoming.event())
                && sent.signer().equals(incoming.signer())
                && Arrays.equals(sent.signature(), incoming.signature())
                && (!message.toAll() || Arrays.equals(sent.extension(), incoming.extension()))
                && Arrays.equals(sent.sealed(), incoming.sealed());
        if (!same) {
            throw new Violation(message + " came out with another event, signer, signature, extension or content");
        }
        return message;
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
