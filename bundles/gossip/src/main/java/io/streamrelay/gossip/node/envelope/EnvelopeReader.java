// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

import io.streamrelay.api.Id;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.gossip.node.envelope.BadEnvelope.Reason;
import java.io.IOException;
import java.util.Arrays;

/** Reads envelopes: total, whatever the bytes are. The signature is checked before the body is looked at. Thread-safe. */
public final class EnvelopeReader {

    private final KeyRing keys;

    public EnvelopeReader(KeyRing keys) {
        this.keys = keys;
    }

    /** @param subcluster where the bytes came from; an envelope that was signed for another is refused */
    public EnvelopeResult read(byte[] bytes, Id subcluster) {
        if (bytes.length <= EnvelopeFormat.BODY_AT
                || bytes[0] != EnvelopeFormat.MAGIC_0
                || bytes[1] != EnvelopeFormat.MAGIC_1) {
            return new BadEnvelope(Reason.NO_ENVELOPE);
        }
        int flags = bytes[EnvelopeFormat.FLAGS_AT];
        if (bytes[EnvelopeFormat.VERSION_AT] != EnvelopeFormat.VERSION
                || (flags & ~EnvelopeFormat.FLAG_DEFLATED) != 0) {
            return new BadEnvelope(Reason.UNKNOWN_VERSION);
        }
        Id sender = Id.copyOf(bytes, EnvelopeFormat.SENDER_AT);
        byte[] signature = Arrays.copyOfRange(bytes, EnvelopeFormat.SIGNATURE_AT, EnvelopeFormat.SENDER_AT);
        if (!keys.verify(EnvelopeFormat.signedBytes(bytes, subcluster), signature, sender.bytes())) {
            return new BadEnvelope(Reason.BAD_SIGNATURE);
        }
        return body(sender, Arrays.copyOfRange(bytes, EnvelopeFormat.BODY_AT, bytes.length), flags != 0);
    }

    private static EnvelopeResult body(Id sender, byte[] content, boolean deflated) {
        byte[] body = deflated ? Deflation.inflate(content, EnvelopeWriter.BODY_BYTES_MAX) : content;
        if (body == null) {
            return new BadEnvelope(Reason.BAD_COMPRESSION);
        }
        try {
            return EnvelopeBody.decode(sender, body);
        } catch (IOException | RuntimeException e) {
            // A CBOR library is large: whatever it makes of a member's bytes, it is the member's fault.
            return new BadEnvelope(Reason.MALFORMED);
        }
    }
}
