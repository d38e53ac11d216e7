// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.crypto.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The signature of raw messages, which the reference makes over the plaintext without its first 64 bytes. */
final class ReferenceSignature {

    /** The reference's offset (protocol-v6 §2). */
    private static final int UNSIGNED_BYTES = 64;

    /** With this begins all that the same key signs elsewhere: control packets and envelopes. */
    private static final byte[] RESERVED = "streamrelay/".getBytes(StandardCharsets.US_ASCII);

    private ReferenceSignature() {}

    /**
     * Null for a payload whose signature would be good for something else: otherwise whoever chooses the payload, a
     * sensor perhaps, could have this node sign a control packet or an envelope.
     */
    static byte[] of(SigningKey key, byte[] payload) {
        return isReserved(payload) ? null : key.signReference(payload);
    }

    private static boolean isReserved(byte[] payload) {
        int end = UNSIGNED_BYTES + RESERVED.length;
        return payload.length >= end && Arrays.equals(payload, UNSIGNED_BYTES, end, RESERVED, 0, RESERVED.length);
    }
}
