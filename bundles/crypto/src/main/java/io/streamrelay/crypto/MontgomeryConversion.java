// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Turns Ed25519 keys into the X25519 keys that libsodium derives from them. The public part computes with numbers of
 * any size, slowly: it is meant for one call per subcluster.
 */
final class MontgomeryConversion {

    /** The field's prime, 2^255 - 19 (RFC 7748 §4.1). */
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    /** The constant of the curve -x² + y² = 1 + dx²y²: -121665/121666 (RFC 8032 §5.1). */
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);

    private MontgomeryConversion() {}

    /**
     * The X25519 public key of an Ed25519 public key: u = (1 + y) / (1 - y).
     *
     * @param publicKey 32 bytes
     * @throws IllegalArgumentException when they are not the canonical encoding of a point of the curve, or one of
     *     small order
     */
    static byte[] publicKey(byte[] publicKey) {
        if (publicKey.length != Ed25519.PUBLIC_KEY_SIZE) {
            throw new IllegalArgumentException(
                    "an Ed25519 public key has " + Ed25519.PUBLIC_KEY_SIZE + " bytes, not " + publicKey.length);
        }
        BigInteger y = littleEndian(publicKey).clearBit(255);
        if (y.compareTo(P) >= 0) {
            throw new IllegalArgumentException("the Ed25519 public key is not encoded canonically");
        }
        if (SmallOrderPoints.contain(publicKey, 0)) {
            throw new IllegalArgumentException("the Ed25519 public key is of small order");
        }
        if (!isOnCurve(y)) {
            throw new IllegalArgumentException("the Ed25519 public key is not a point of the curve");
        }
        BigInteger u = BigInteger.ONE
                .add(y)
                .multiply(BigInteger.ONE.subtract(y).modInverse(P))
                .mod(P);
        return littleEndian(u);
    }

    /**
     * The X25519 secret key of an Ed25519 seed: the clamped first half of its SHA-512.
     *
     * @param seed 32 bytes
     */
    static byte[] secretKey(byte[] seed) {
        SHA512Digest digest = new SHA512Digest();
        digest.update(seed, 0, seed.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        byte[] secret = Arrays.copyOf(hash, X25519.SCALAR_SIZE);
        Arrays.fill(hash, (byte) 0);
        secret[0] &= (byte) 0xf8;
        secret[31] &= 0x7f;
        secret[31] |= 0x40;
        return secret;
    }

    /** Whether x² = (y² - 1) / (dy² + 1) has a root. The divisor is never 0, since -1/d is not a square. */
    private static boolean isOnCurve(BigInteger y) {
        BigInteger ySquare = y.multiply(y).mod(P);
        BigInteger xSquare = ySquare.subtract(BigInteger.ONE)
                .multiply(D.multiply(ySquare).add(BigInteger.ONE).modInverse(P))
                .mod(P);
        BigInteger half = P.subtract(BigInteger.ONE).shiftRight(1);
        return xSquare.modPow(half, P).equals(BigInteger.ONE);
    }

    private static BigInteger littleEndian(byte[] bytes) {
        return new BigInteger(1, reversed(bytes));
    }

    private static byte[] littleEndian(BigInteger number) {
        byte[] bytes = reversed(number.toByteArray());
        return Arrays.copyOf(bytes, X25519.POINT_SIZE);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }
}
