// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Against the example of "Cryptography in NaCl" §10. */
class SecretBoxTest {

    private static final String KEY = "1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389";
    private static final String NONCE = "69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37";
    private static final String MESSAGE = "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffc"
            + "e5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb31"
            + "0e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde"
            + "048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f93776384864"
            + "5e0705";
    private static final String BOX = "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce"
            + "48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c972"
            + "71d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae"
            + "90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b3"
            + "7973f622a43d14a6599b1f654cb45a74e355a5";

    private final SecretBox box = new SecretBox(Vectors.hex(KEY), Vectors.hex(NONCE));

    @Test
    void sealsInPlaceAtAnOffset() {
        byte[] buffer = Vectors.hex("abcdef" + "00".repeat(SecretBox.TAG_BYTES) + MESSAGE);
        box.seal(buffer, 3, buffer.length - 3 - SecretBox.TAG_BYTES);
        assertEquals("abcdef" + BOX, Vectors.hex(buffer));
    }

    @Test
    void opensAtAnOffset() {
        byte[] message = new byte[MESSAGE.length() / 2];
        assertTrue(box.open(Vectors.hex("abcdef" + BOX), 3, message.length, message));
        assertEquals(MESSAGE, Vectors.hex(message));
    }

    @Test
    void writesNothingWhenAnyByteIsChanged() {
        byte[] untouched = new byte[MESSAGE.length() / 2];
        for (int i = 0; i < BOX.length() / 2; i++) {
            byte[] changed = Vectors.hex(BOX);
            changed[i] ^= 1;
            byte[] target = new byte[untouched.length];
            assertFalse(box.open(changed, 0, target.length, target), "byte " + i);
            assertArrayEquals(untouched, target);
        }
    }

    @Test
    void wipesItsKey() {
        byte[] key = Vectors.hex(KEY);
        new SecretBox(key, Vectors.hex(NONCE)).wipe();
        assertArrayEquals(new byte[32], key);
    }
}
