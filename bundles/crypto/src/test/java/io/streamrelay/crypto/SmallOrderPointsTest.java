// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallOrderPointsTest {

    private static final String ORDER_EIGHT = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a";

    /** All of them: the multiples of one point of order eight. */
    @Test
    void containsEachMultipleOfAPointOfOrderEight() {
        EdwardsPoint generator = EdwardsPoint.decode(Vectors.hex(ORDER_EIGHT));
        EdwardsPoint multiple = generator;
        Set<String> encodings = new TreeSet<>();
        for (int i = 1; i <= 8; i++) {
            byte[] encoding = encode(multiple);
            assertTrue(SmallOrderPoints.contain(encoding, 0), i + " times the generator");
            encodings.add(Vectors.hex(encoding));
            multiple = multiple.plus(generator);
        }
        assertEquals(8, encodings.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1"})
    void readsAtAnOffset(String neighbour) {
        byte[] padded = Vectors.hex("0" + neighbour + ORDER_EIGHT);
        assertTrue(SmallOrderPoints.contain(padded, 1));
        assertFalse(SmallOrderPoints.contain(padded, 0));
    }

    @Test
    void doesNotContainTheBasePoint() {
        assertFalse(SmallOrderPoints.contain(Vectors.hex("58" + "66".repeat(31)), 0));
    }

    private static byte[] encode(EdwardsPoint point) {
        byte[] bytes = new byte[32];
        byte[] y = point.y().toByteArray();
        for (int i = 0; i < Math.min(32, y.length); i++) {
            bytes[i] = y[y.length - 1 - i];
        }
        bytes[31] |= (byte) (point.x().testBit(0) ? 0x80 : 0);
        return bytes;
    }
}
