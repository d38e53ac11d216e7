// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Ed25519KeyTest {

    /** RFC 8032 §7.1, test 3. */
    @Test
    void signsTheExampleOfTheRfc() {
        Ed25519Key key =
                new Ed25519Key(Vectors.hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"));

        assertEquals(
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                key.publicKey().hex());
        assertEquals(
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
                Vectors.hex(key.sign(Vectors.hex("af82"))));
    }

    @Test
    void copiesTheSeed() {
        byte[] seed = Vectors.hex("11".repeat(32));
        Ed25519Key key = new Ed25519Key(seed);
        byte[] before = key.sign(new byte[1]);
        Arrays.fill(seed, (byte) 0);
        assertArrayEquals(before, key.sign(new byte[1]));
    }

    @Test
    void leavesTheFirst64BytesOutForTheReference() {
        Ed25519Key key = new Ed25519Key(new byte[32]);
        byte[] message = "x".repeat(65).getBytes(US_ASCII);
        byte[] otherBeginning = message.clone();
        otherBeginning[63]++;
        byte[] otherEnd = message.clone();
        otherEnd[64]++;

        byte[] signature = key.signReference(message);

        assertArrayEquals(signature, key.signReference(otherBeginning));
        assertFalse(Arrays.equals(signature, key.signReference(otherEnd)));
        assertArrayEquals(key.sign(new byte[0]), key.signReference(Arrays.copyOf(message, 64)));
    }

    @Test
    void signsIntoABuffer() {
        Ed25519Key key = new Ed25519Key(new byte[32]);
        byte[] buffer = new byte[70];
        key.sign(buffer, 66, buffer, 1);
        assertArrayEquals(key.sign(new byte[4]), Arrays.copyOfRange(buffer, 1, 65));
    }

    @Test
    void refusesToSignOnceClosed() {
        Ed25519Key key = new Ed25519Key(new byte[32]);
        key.close();
        assertThrows(IllegalStateException.class, () -> key.sign(new byte[1]));
        assertThrows(IllegalStateException.class, () -> key.signReference(new byte[1]));
    }
}
