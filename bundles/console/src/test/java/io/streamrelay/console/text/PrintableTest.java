// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void leavesNothingThatATerminalObeys() {
        String text = Printable.text("a\u001b[2Jb\u202ec\u009bd\ne");
        assertFalse(text.chars().anyMatch(Character::isISOControl), text);
        assertFalse(text.contains("\u202e"));
        assertTrue(text.startsWith("a") && text.endsWith("d e"), text);
    }

    @Test
    void keepsLettersOfAllScripts() {
        assertEquals("21,5 °C 温度 😀", Printable.text("21,5 °C 温度 😀"));
    }

    @Test
    void showsBytesThatAreNoTextAsDigits() {
        assertEquals("0xff00", Printable.payload(new byte[] {(byte) 0xff, 0}));
    }

    @Test
    void shortensWhatNobodyReads() {
        assertTrue(Printable.text("x".repeat(5_000)).endsWith("(5000 characters)"));
        assertTrue(Printable.payload(new byte[] {(byte) 0xff, 1, 2}).length() < 20);
    }
}
