// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.crypto.SealException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxKeyPairTest {

    private static final byte[] SEED = Vectors.hex("07".repeat(32));
    private static final byte[] PLAINTEXT = {1, 2, 3};

    private final BoxKeyPair recipient = SealedBoxes.recipient(SEED);

    @Test
    void opensWhatWasSealedForIt() throws SealException {
        assertArrayEquals(PLAINTEXT, recipient.open(SealedBoxes.seal(recipient, PLAINTEXT), 0, "box"));
    }

    @Test
    void preparesAnotherBoxEachTime() {
        SecureRandom random = new SecureRandom();
        assertFalse(Arrays.equals(
                recipient.prepare(random).publicKey(), recipient.prepare(random).publicKey()));
    }

    @Test
    void wipesTheEphemeralSecretOncePrepared() {
        byte[] secret = Vectors.hex("5a".repeat(32));
        recipient.prepare(secret);
        assertArrayEquals(new byte[32], secret);
    }

    @Test
    void doesNotOpenWhatWasSealedForAnother() {
        BoxKeyPair other = SealedBoxes.recipient(Vectors.hex("08".repeat(32)));
        assertRefused("box: authentication failed", SealedBoxes.seal(other, PLAINTEXT));
    }

    @Test
    void doesNotOpenWithWipedKeys() {
        byte[] sealed = SealedBoxes.seal(recipient, PLAINTEXT);
        recipient.wipe();
        assertRefused("box: authentication failed", sealed);
    }

    @Test
    void refusesFewerBytesThanABoxHas() {
        assertRefused("box: 47 bytes are fewer than 48", new byte[47]);
    }

    /** The points of small order on curve25519 and its twist, and encodings of them that are not canonical. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000080"
            })
    void refusesEphemeralKeysOfSmallOrder(String ephemeral) {
        assertRefused("box: the ephemeral key is of small order", Vectors.hex(ephemeral + "00".repeat(20)));
    }

    private void assertRefused(String message, byte[] sealed) {
        SealException e = assertThrows(SealException.class, () -> recipient.open(sealed, 0, "box"));
        assertEquals(message, e.getMessage());
    }
}
