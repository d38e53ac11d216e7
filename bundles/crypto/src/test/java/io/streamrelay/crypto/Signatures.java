// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;

/** Makes Ed25519 signatures as signers may that do not follow RFC 8032 in how they choose their nonce. */
final class Signatures {

    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private Signatures() {}

    /** A valid signature of {@code seed}'s key whose nonce is the secret scalar of another seed's. */
    static byte[] withNonceOf(byte[] nonceSeed, byte[] seed, byte[] message) {
        byte[] r = new Ed25519Key(nonceSeed).publicKey().bytes();
        BigInteger k = littleEndian(sha512(r, new Ed25519Key(seed).publicKey().bytes(), message));
        BigInteger s = littleEndian(MontgomeryConversion.secretKey(nonceSeed))
                .add(k.multiply(littleEndian(MontgomeryConversion.secretKey(seed))))
                .mod(ORDER);
        byte[] signature = Arrays.copyOf(r, 64);
        byte[] bytes = s.toByteArray();
        for (int i = 0; i < bytes.length && i < 32; i++) {
            signature[32 + i] = bytes[bytes.length - 1 - i];
        }
        return signature;
    }

    static byte[] sha512(byte[]... parts) {
        SHA512Digest digest = new SHA512Digest();
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] hash = new byte[64];
        digest.doFinal(hash, 0);
        return hash;
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }
}
