// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/** Slow, plain arithmetic on edwards25519 (RFC 8032 §5.1), to check constants against. */
record EdwardsPoint(BigInteger x, BigInteger y) {

    static final EdwardsPoint NEUTRAL = new EdwardsPoint(BigInteger.ZERO, BigInteger.ONE);

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D =
            BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P));
    private static final BigInteger ROOT_OF_MINUS_ONE =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

    /** The point that 32 bytes encode; fails unless x² has a root. */
    static EdwardsPoint decode(byte[] bytes) {
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = bytes[31 - i];
        }
        BigInteger number = new BigInteger(1, bigEndian);
        BigInteger y = number.clearBit(255);
        BigInteger square = y.multiply(y)
                .subtract(BigInteger.ONE)
                .multiply(D.multiply(y).multiply(y).add(BigInteger.ONE).modInverse(P))
                .mod(P);
        BigInteger x = root(square);
        return new EdwardsPoint(
                x.testBit(0) == number.testBit(255) ? x : x.negate().mod(P), y);
    }

    EdwardsPoint plus(EdwardsPoint other) {
        BigInteger cross = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y);
        BigInteger newX = x.multiply(other.y)
                .add(other.x.multiply(y))
                .multiply(BigInteger.ONE.add(cross).modInverse(P))
                .mod(P);
        BigInteger newY = y.multiply(other.y)
                .add(x.multiply(other.x))
                .multiply(BigInteger.ONE.subtract(cross).modInverse(P))
                .mod(P);
        return new EdwardsPoint(newX, newY);
    }

    EdwardsPoint timesEight() {
        EdwardsPoint two = plus(this);
        EdwardsPoint four = two.plus(two);
        return four.plus(four);
    }

    private static BigInteger root(BigInteger square) {
        BigInteger root = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        for (BigInteger candidate :
                Arrays.asList(root, root.multiply(ROOT_OF_MINUS_ONE).mod(P))) {
            if (candidate.multiply(candidate).mod(P).equals(square)) {
                return candidate;
            }
        }
        throw new AssertionError("not a point of the curve");
    }
}
