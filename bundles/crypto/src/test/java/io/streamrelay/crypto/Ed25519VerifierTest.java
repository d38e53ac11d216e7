// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519VerifierTest {

    /** The order of the base point, RFC 8032 §5.1. */
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final byte[] SEED = Vectors.hex("42".repeat(32));

    private final Ed25519Key key = new Ed25519Key(SEED);
    private final byte[] publicKey = key.publicKey().bytes();
    private final byte[] message = {1, 2, 3};
    private final byte[] signature = key.sign(message);

    @Test
    void acceptsTheKeysSignature() {
        assertTrue(verify(signature, message, publicKey));
    }

    @Test
    void acceptsASignatureThatStandsBeforeItsMessage() {
        byte[] signed = Arrays.copyOf(signature, 67);
        System.arraycopy(message, 0, signed, 64, 3);
        assertTrue(Ed25519Verifier.verify(signed, 0, signed, 64, publicKey));
    }

    @Test
    void rejectsAnyChangedByteOfTheSignature() {
        for (int i = 0; i < signature.length; i++) {
            byte[] changed = signature.clone();
            changed[i] ^= 0x10;
            assertFalse(verify(changed, message, publicKey), "byte " + i);
        }
    }

    @Test
    void rejectsAnotherMessageAndAnotherKey() {
        assertFalse(verify(signature, new byte[] {1, 2, 4}, publicKey));
        assertFalse(verify(
                signature, message, new Ed25519Key(new byte[32]).publicKey().bytes()));
    }

    /** Adding the order to S leaves the equation true: without this rule anyone could vary a signature. */
    @Test
    void rejectsAScalarBeyondTheOrder() {
        BigInteger s = littleEndian(Arrays.copyOfRange(signature, 32, 64));
        byte[] varied = signature.clone();
        byte[] sum = reversed(s.add(ORDER).toByteArray());
        System.arraycopy(sum, 0, varied, 32, Math.min(32, sum.length));
        assertFalse(verify(varied, message, publicKey));
    }

    /** With a public key of small order, R = the base point and S = 1 is a signature of many messages. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
            })
    void rejectsForgeriesUnderKeysOfSmallOrder(String smallOrderKey) {
        byte[] forged = Vectors.hex("58" + "66".repeat(31) + "01" + "00".repeat(31));
        for (byte i = 0; i < 64; i++) {
            assertFalse(verify(forged, new byte[] {i}, Vectors.hex(smallOrderKey)));
        }
    }

    /** Only the key's owner can make R neutral, by S = k·a; libsodium rejects it all the same, and so must we. */
    @Test
    void rejectsAnRThatIsOfSmallOrder() {
        byte[] neutral = Vectors.hex("01" + "00".repeat(31));
        BigInteger k = littleEndian(Signatures.sha512(neutral, publicKey, message));
        BigInteger a = littleEndian(MontgomeryConversion.secretKey(SEED));
        byte[] s = reversed(k.multiply(a).mod(ORDER).toByteArray());
        byte[] varied = Arrays.copyOf(neutral, 64);
        System.arraycopy(s, 0, varied, 32, Math.min(32, s.length));
        assertFalse(verify(varied, message, publicKey));
    }

    private static BigInteger littleEndian(byte[] bytes) {
        return new BigInteger(1, reversed(bytes));
    }

    private static boolean verify(byte[] signature, byte[] message, byte[] publicKey) {
        return Ed25519Verifier.verify(signature, 0, message, 0, publicKey);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }
}
