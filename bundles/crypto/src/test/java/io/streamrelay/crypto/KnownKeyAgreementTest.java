// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That it is X25519, whatever the two keys are. */
class KnownKeyAgreementTest {

    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    @Test
    void agreesOnWhatX25519AgreesOn() {
        Random random = new Random(25_519);
        for (int i = 0; i < 2_000; i++) {
            assertAgreement(bytes(random), bytes(random));
        }
    }

    /** Each bit that X25519 sets or ignores, and the least and the greatest scalar. */
    @ParameterizedTest
    @CsvSource({
        "00, 00", "00, ff", "ff, 00", "ff, ff", "07, 08", "08, 07", "f8, 80", "3f, 40", "40, 3f", "7f, 01",
    })
    void agreesAtTheEdges(String one, String other) {
        assertAgreement(Vectors.hex(one.repeat(32)), Vectors.hex(other.repeat(32)));
    }

    /**
     * The product is next to a multiple of the order: what is left is small, or almost the order. Multiples of eight among
     * these are the one case in 2^125 that has no scalar.
     */
    @Test
    void agreesWhenLittleIsLeftOfTheProduct() {
        byte[] secret = Vectors.hex("5c".repeat(32));
        BigInteger inverse = scalar(secret).modInverse(ORDER);
        int agreed = 0;
        for (int left = -64; left <= 64; left++) {
            if (left % 8 == 0) {
                continue;
            }
            BigInteger least = BigInteger.valueOf(left).multiply(inverse).mod(ORDER);
            for (int times = 0; times < 8; times++) {
                BigInteger ephemeral = least.add(ORDER.multiply(BigInteger.valueOf(times)));
                if (ephemeral.bitLength() == 255 && ephemeral.getLowestSetBit() >= 3) {
                    assertAgreement(secret, littleEndian(ephemeral));
                    agreed++;
                }
            }
        }
        assertTrue(agreed > 32, agreed + " such keys");
    }

    private static void assertAgreement(byte[] secret, byte[] ephemeral) {
        byte[] publicKey = new byte[32];
        X25519.scalarMultBase(secret, 0, publicKey, 0);
        byte[] expected = new byte[32];
        X25519.calculateAgreement(ephemeral, 0, publicKey, 0, expected, 0);
        assertArrayEquals(
                expected,
                new KnownKeyAgreement(secret).with(ephemeral),
                () -> "of " + Arrays.toString(secret) + " and " + Arrays.toString(ephemeral));
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }

    private static BigInteger scalar(byte[] bytes) {
        byte[] clamped = bytes.clone();
        clamped[0] &= (byte) 0xf8;
        clamped[31] &= 0x7f;
        clamped[31] |= 0x40;
        return new BigInteger(1, reversed(clamped));
    }

    private static byte[] littleEndian(BigInteger number) {
        return Arrays.copyOf(reversed(number.toByteArray()), 32);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }
}
