// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class IdTest {

    private static final String HEX = "00ff".repeat(15) + "a1b2c3d4".substring(0, 4);

    @Test
    void readsAndWritesHexInLowerCase() {
        assertEquals(HEX, Id.ofHex(HEX.toUpperCase(java.util.Locale.ROOT)).hex());
    }

    @Test
    void refusesOtherLengthsAndOtherDigits() {
        assertThrows(IllegalArgumentException.class, () -> Id.ofHex(HEX.substring(1)));
        assertThrows(IllegalArgumentException.class, () -> Id.ofHex("g" + HEX.substring(1)));
        assertThrows(IllegalArgumentException.class, () -> Id.of(new byte[31]));
        assertThrows(IndexOutOfBoundsException.class, () -> Id.copyOf(new byte[40], 9));
    }

    @Test
    void takesHexDigitsAndNothingElse() {
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            String high = c + "0".repeat(63);
            String low = "0".repeat(63) + c;
            if (HexFormat.isHexDigit(c)) {
                assertEquals(HexFormat.fromHexDigit(c), Id.ofHex(high).nibble(0));
                assertEquals(HexFormat.fromHexDigit(c), Id.ofHex(low).nibble(63));
            } else {
                assertThrows(IllegalArgumentException.class, () -> Id.ofHex(high));
                assertThrows(IllegalArgumentException.class, () -> Id.ofHex(low));
            }
        }
    }

    @Test
    void doesNotChangeWithTheArrayItWasMadeOf() {
        byte[] source = new byte[Id.BYTES];
        Id id = Id.of(source);
        source[0] = 1;
        id.bytes()[1] = 1;
        assertEquals("0".repeat(64), id.hex());
    }

    @Test
    void isOrderedAsItsHexText() {
        Id low = Id.ofHex("7f" + "ff".repeat(31));
        Id high = Id.ofHex("80" + "00".repeat(31));
        assertTrue(low.compareTo(high) < 0);
        assertTrue(low.hex().compareTo(high.hex()) < 0);
        assertFalse(low.equals(high));
    }

    @Test
    void givesItsHexDigitsOneByOne() {
        Id id = Id.ofHex(HEX);
        for (int i = 0; i < 64; i++) {
            assertEquals(Character.digit(HEX.charAt(i), 16), id.nibble(i));
        }
    }
}
