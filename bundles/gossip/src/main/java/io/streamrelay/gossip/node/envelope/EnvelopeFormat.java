// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

import io.streamrelay.api.Id;
import java.nio.charset.StandardCharsets;

/** The fixed part of an envelope: where its fields lie, and what its signature covers. */
final class EnvelopeFormat {

    static final byte MAGIC_0 = 'S';
    static final byte MAGIC_1 = 'E';
    static final byte VERSION = 1;
    static final byte FLAG_DEFLATED = 1;

    static final int VERSION_AT = 2;
    static final int FLAGS_AT = 3;
    static final int SIGNATURE_AT = 4;
    static final int SIGNATURE_BYTES = 64;
    static final int SENDER_AT = SIGNATURE_AT + SIGNATURE_BYTES;
    static final int BODY_AT = SENDER_AT + Id.BYTES;

    private static final byte[] CONTEXT = (EnvelopeWriter.EVENT + '\0').getBytes(StandardCharsets.US_ASCII);

    private EnvelopeFormat() {}

    /** All but the signature itself, behind a context that no other signature of ours begins with. */
    static byte[] signedBytes(byte[] envelope, Id subcluster) {
        int tail = envelope.length - SENDER_AT;
        byte[] signed = new byte[CONTEXT.length + Id.BYTES + SIGNATURE_AT + tail];
        System.arraycopy(CONTEXT, 0, signed, 0, CONTEXT.length);
        subcluster.copyTo(signed, CONTEXT.length);
        System.arraycopy(envelope, 0, signed, CONTEXT.length + Id.BYTES, SIGNATURE_AT);
        System.arraycopy(envelope, SENDER_AT, signed, signed.length - tail, tail);
        return signed;
    }
}
