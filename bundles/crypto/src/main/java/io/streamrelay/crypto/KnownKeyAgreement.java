// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * X25519 with a key pair of which both halves are known here, as all members of a subcluster know theirs. The agreement of
 * e with a·B is (e·a mod L)·B, where B is the base point and L its order: of B's multiples there are tables, so that it
 * takes half as long as a multiple of a point that comes from outside, and is the same.
 *
 * <p>No branch and no index depends on a secret.
 */
final class KnownKeyAgreement {

    private static final int LIMBS = 10;
    private static final int LIMB_BITS = 26;
    private static final long LIMB_MASK = (1 << LIMB_BITS) - 1;

    /** RFC 7748 §4.1. */
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final BigInteger LIMB = BigInteger.ONE.shiftLeft(LIMB_BITS);
    private static final BigInteger MONTGOMERY = LIMB.pow(LIMBS);
    private static final long[] ORDER_LIMBS = limbs(ORDER);
    private static final long[] SQUARE = limbs(MONTGOMERY.multiply(MONTGOMERY).mod(ORDER));
    private static final long NEGATIVE_INVERSE =
            LIMB.subtract(ORDER.modInverse(LIMB)).longValueExact();

    /** Times Montgomery's factor, modulo the order. */
    private final long[] secret;

    /** @param secretKey 32 bytes */
    KnownKeyAgreement(byte[] secretKey) {
        long[] scalar = scalar(secretKey);
        secret = product(scalar, SQUARE);
        Arrays.fill(scalar, 0);
    }

    /** What both sides of an exchange with this public key's owner agree on. @param ephemeralSecret 32 bytes */
    byte[] with(byte[] ephemeralSecret) {
        long[] ephemeral = scalar(ephemeralSecret);
        long[] product = product(ephemeral, secret);
        byte[] multiplier = multiplier(product);
        Arrays.fill(ephemeral, 0);
        Arrays.fill(product, 0);
        byte[] shared = new byte[X25519.POINT_SIZE];
        X25519.scalarMultBase(multiplier, 0, shared, 0);
        Arrays.fill(multiplier, (byte) 0);
        return shared;
    }

    void wipe() {
        Arrays.fill(secret, 0);
    }

    /** As X25519 takes its scalars: a multiple of 8 from 2^254 to 2^255 (RFC 7748 §5). */
    private static long[] scalar(byte[] bytes) {
        long[] limbs = new long[LIMBS];
        for (int bit = 3; bit < 254; bit++) {
            limbs[bit / LIMB_BITS] |= (long) (bytes[bit / 8] >> bit % 8 & 1) << bit % LIMB_BITS;
        }
        limbs[254 / LIMB_BITS] |= 1L << 254 % LIMB_BITS;
        return limbs;
    }

    private static long[] limbs(BigInteger number) {
        long[] limbs = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = number.shiftRight(i * LIMB_BITS).longValue() & LIMB_MASK;
        }
        return limbs;
    }

    /** Montgomery's product of two numbers below 2^255, modulo the order: it is divided by his factor. */
    private static long[] product(long[] one, long[] other) {
        long[] sum = new long[LIMBS];
        for (long limb : one) {
            long times = (sum[0] + limb * other[0] & LIMB_MASK) * NEGATIVE_INVERSE & LIMB_MASK;
            long carry = sum[0] + limb * other[0] + times * ORDER_LIMBS[0] >>> LIMB_BITS;
            for (int i = 1; i < LIMBS; i++) {
                long next = sum[i] + limb * other[i] + times * ORDER_LIMBS[i] + carry;
                sum[i - 1] = next & LIMB_MASK;
                carry = next >>> LIMB_BITS;
            }
            sum[LIMBS - 1] = carry;
        }
        return reduced(sum);
    }

    /** Of a number below twice the order. */
    private static long[] reduced(long[] number) {
        long[] less = new long[LIMBS];
        long carry = 0;
        for (int i = 0; i < LIMBS; i++) {
            carry += number[i] - ORDER_LIMBS[i];
            less[i] = carry & LIMB_MASK;
            carry >>= LIMB_BITS;
        }
        // All ones when it was below the order already.
        long keep = carry;
        for (int i = 0; i < LIMBS; i++) {
            less[i] ^= (less[i] ^ number[i]) & keep;
        }
        Arrays.fill(number, 0);
        return less;
    }

    /**
     * A scalar as X25519 takes it that leads to the same point as x, below the order, or to its negative, which has the
     * same coordinate. To be a multiple of 8, x needs c times the order, c = -x / L mod 8 = 3x mod 8; -x needs 7 - c times.
     * One of both is 4 to 7, which makes at least 2^254, and less than 2^255 but in one of 2^125 cases.
     */
    private static byte[] multiplier(long[] x) {
        long c = 3 * x[0] & 7;
        long negates = (c >>> 2) - 1;
        long times = c ^ 7 & negates;
        byte[] bytes = new byte[X25519.SCALAR_SIZE];
        long carry = 0;
        for (int i = 0; i < LIMBS; i++) {
            carry += (x[i] ^ negates) - negates + (ORDER_LIMBS[i] & negates) + times * ORDER_LIMBS[i];
            write(carry & LIMB_MASK, i * LIMB_BITS, bytes);
            carry >>= LIMB_BITS;
        }
        return bytes;
    }

    private static void write(long limb, int atBit, byte[] bytes) {
        long shifted = limb << atBit % 8;
        for (int at = atBit / 8; at < bytes.length && at <= (atBit + LIMB_BITS - 1) / 8; at++) {
            bytes[at] |= (byte) shifted;
            shifted >>>= 8;
        }
    }
}
