// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.crypto.SigningKey;
import java.nio.charset.StandardCharsets;

/** Writes and signs envelopes as one sender. Thread-safe. */
public final class EnvelopeWriter {

    /** The event name whose SHA-256 marks a packet as an envelope, so that it never meets a JavaScript peer's event. */
    public static final String EVENT = "streamrelay/envelope/1";

    /**
     * The largest body in bytes, before deflating: 1 MB of payload, its topic, and some properties. It equals what an
     * engine takes by default, less the seal and an envelope's fixed part.
     */
    public static final int BODY_BYTES_MAX = (1 << 20) + 4096 - 160 - EnvelopeFormat.BODY_AT;

    private static final int BODY_HEAD_BYTES = 48;
    private static final int MESSAGE_HEAD_BYTES = 16;
    private static final int TEXT_HEAD_BYTES = 5;

    private final SigningKey key;

    public EnvelopeWriter(SigningKey key) {
        this.key = key;
    }

    /**
     * @param envelope with this writer's own key as its sender
     * @param subcluster the only subcluster in which the signature will hold
     */
    public byte[] write(Envelope envelope, Id subcluster) {
        byte[] body = EnvelopeBody.encode(envelope);
        byte[] deflated = Deflation.deflate(body);
        boolean shrunk = deflated.length < body.length;
        byte[] content = shrunk ? deflated : body;
        byte[] bytes = new byte[EnvelopeFormat.BODY_AT + content.length];
        bytes[0] = EnvelopeFormat.MAGIC_0;
        bytes[1] = EnvelopeFormat.MAGIC_1;
        bytes[EnvelopeFormat.VERSION_AT] = EnvelopeFormat.VERSION;
        bytes[EnvelopeFormat.FLAGS_AT] = shrunk ? EnvelopeFormat.FLAG_DEFLATED : 0;
        envelope.sender().copyTo(bytes, EnvelopeFormat.SENDER_AT);
        System.arraycopy(content, 0, bytes, EnvelopeFormat.BODY_AT, content.length);
        byte[] signature = key.sign(EnvelopeFormat.signedBytes(bytes, subcluster));
        System.arraycopy(signature, 0, bytes, EnvelopeFormat.SIGNATURE_AT, EnvelopeFormat.SIGNATURE_BYTES);
        return bytes;
    }

    /** At most how many bytes an envelope has besides its messages. */
    public static int overheadBytes() {
        return EnvelopeFormat.BODY_AT + BODY_HEAD_BYTES;
    }

    /** At most how many bytes a message takes in a body. */
    public static int sizeBytes(Message message) {
        long size = MESSAGE_HEAD_BYTES + textBytes(message.topic()) + message.payload().length;
        if (message.contentType() != null) {
            size += textBytes(message.contentType());
        }
        for (Message.Property property : message.properties()) {
            size += textBytes(property.name()) + textBytes(property.value());
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    /** Whether a message keeps the limits of the format. */
    public static boolean fits(Message message) {
        return sizeBytes(message) <= BODY_BYTES_MAX - BODY_HEAD_BYTES
                && message.properties().size() <= Envelope.PROPERTIES_MAX
                && message.properties().stream().allMatch(p -> fits(p.name()) && fits(p.value()))
                && (message.contentType() == null || fits(message.contentType()));
    }

    /** Why a message does not fit, with the limits. */
    public static String objection(Message message) {
        return "no envelope holds a message of " + sizeBytes(message) + " bytes and "
                + message.properties().size() + " properties; " + (BODY_BYTES_MAX - BODY_HEAD_BYTES) + " bytes and "
                + Envelope.PROPERTIES_MAX + " properties of " + Envelope.TEXT_CHARS_MAX + " characters are allowed";
    }

    private static boolean fits(String text) {
        return text.length() <= Envelope.TEXT_CHARS_MAX;
    }

    private static long textBytes(String text) {
        return TEXT_HEAD_BYTES + text.getBytes(StandardCharsets.UTF_8).length;
    }
}
