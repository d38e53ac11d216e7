// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SharedKeyTest {

    @Test
    void isAPassphraseUnlessItBeginsWithHex() {
        assertEquals("greetings", SharedKey.parse("greetings").passphrase());
        assertArrayEquals(
                new byte[32], SharedKey.parse("hex:" + "00".repeat(32)).bytes());
    }

    @Test
    void refusesBrokenHexWithoutRepeatingIt() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> SharedKey.parse("hex:5ec2e7"));
        assertFalse(refused.getMessage().contains("5ec2e7"));
        assertThrows(IllegalArgumentException.class, () -> SharedKey.parse(""));
    }

    @Test
    void neverShowsItself() {
        assertFalse(SharedKey.parse("greetings").toString().contains("greetings"));
    }

    @Test
    void isTheSameByWhatItIsMadeOf() {
        byte[] bytes = "greetings, greetings, greetings!".getBytes(StandardCharsets.UTF_8);
        SharedKey passphrase = SharedKey.ofPassphrase("greetings, greetings, greetings!");
        assertEquals(passphrase, SharedKey.parse("greetings, greetings, greetings!"));
        assertEquals(SharedKey.ofBytes(bytes), SharedKey.ofBytes(bytes.clone()));
        assertEquals(
                SharedKey.ofBytes(bytes).hashCode(),
                SharedKey.ofBytes(bytes.clone()).hashCode());
        assertNotEquals(passphrase, SharedKey.ofBytes(bytes));
        assertNotEquals(passphrase, SharedKey.ofPassphrase("greetings"));
        bytes[31]++;
        assertNotEquals(SharedKey.ofBytes(new byte[32]), SharedKey.ofBytes(bytes));
    }
}
