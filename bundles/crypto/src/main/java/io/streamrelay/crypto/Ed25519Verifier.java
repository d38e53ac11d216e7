// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Verifies Ed25519 signatures as strictly as libsodium does: neither the key nor the signature's R may be a point of
 * small order. Bouncy Castle 1.65 lets such keys pass, under which anyone can forge; 1.83 only lets such R pass.
 */
final class Ed25519Verifier {

    static final int SIGNATURE_BYTES = Ed25519.SIGNATURE_SIZE;

    private Ed25519Verifier() {}

    /**
     * Whether the {@value Ed25519#SIGNATURE_SIZE} bytes of {@code signed} at {@code signature} are the key's signature
     * over the bytes of {@code message} from {@code from} to its end. The two arrays may be one.
     *
     * @param publicKey 32 bytes
     */
    static boolean verify(byte[] signed, int signature, byte[] message, int from, byte[] publicKey) {
        if (SmallOrderPoints.contain(publicKey, 0) || SmallOrderPoints.contain(signed, signature)) {
            return false;
        }
        return Ed25519.verify(signed, signature, publicKey, 0, message, from, message.length - from);
    }
}
