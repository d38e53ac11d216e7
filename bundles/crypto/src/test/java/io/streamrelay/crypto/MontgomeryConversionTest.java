// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MontgomeryConversionTest {

    @Test
    void convertsBothKeysOfAPairToAPair() {
        Random random = new Random(25519);
        byte[] seed = new byte[32];
        for (int i = 0; i < 50; i++) {
            random.nextBytes(seed);
            byte[] expected = new byte[32];
            X25519.scalarMultBase(MontgomeryConversion.secretKey(seed), 0, expected, 0);
            byte[] publicKey = new Ed25519Key(seed).publicKey().bytes();
            assertArrayEquals(expected, MontgomeryConversion.publicKey(publicKey));
        }
    }

    /** y = 0 twice, 1, -1, and the four of order eight. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
            })
    void rejectsPointsOfSmallOrder(String encoding) {
        byte[] point = Vectors.hex(encoding);
        assertEquals(EdwardsPoint.NEUTRAL, EdwardsPoint.decode(point).timesEight());
        assertRejected("the Ed25519 public key is of small order", point);
    }

    /** p, p + 1 (the neutral point again), p + 3 and 2^255 - 1, and one of them with the sign bit. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            })
    void rejectsEncodingsThatAreNotCanonical(String encoding) {
        assertRejected("the Ed25519 public key is not encoded canonically", Vectors.hex(encoding));
    }

    @Test
    void rejectsWhatIsNotOnTheCurve() {
        assertRejected("the Ed25519 public key is not a point of the curve", Vectors.hex("02" + "00".repeat(31)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void rejectsAnotherLength(int bytes) {
        assertRejected("an Ed25519 public key has 32 bytes, not " + bytes, new byte[bytes]);
    }

    private static void assertRejected(String message, byte[] publicKey) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> MontgomeryConversion.publicKey(publicKey));
        assertEquals(message, e.getMessage());
    }
}
