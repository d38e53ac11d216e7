// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TwinsTest {

    private final Twins twins = new Twins();

    private static Fingerprint reading(int number) {
        return new Fingerprint(number);
    }

    @Test
    void takesOneOfTwo() {
        assertFalse(twins.isSecond(reading(1), 0));
        assertTrue(twins.isSecond(reading(1), 1));
        assertFalse(twins.isSecond(reading(1), 2), "an equal reading, which has a twin, too");
        assertTrue(twins.isSecond(reading(1), 3));
    }

    @Test
    void waitsForATwinNoLongerThanItCanTake() {
        assertFalse(twins.isSecond(reading(1), 0));
        assertFalse(twins.isSecond(reading(1), 251));
    }

    @Test
    void seesThatABrokerSendsOne() {
        for (int i = 0; i < 10; i++) {
            assertFalse(twins.isSecond(reading(i), i * 300L));
        }
        assertFalse(twins.isSecond(reading(9), 9 * 300L + 1), "an equal reading, soon after");
    }

    @Test
    void isNotMisledByOneThatWasSentBeforeThereWereTwo() {
        for (int i = 0; i < 5; i++) {
            twins.isSecond(reading(i), 0);
            twins.isSecond(reading(i), 1);
        }
        twins.isSecond(reading(7), 2);
        assertFalse(twins.isSecond(reading(8), 1_000));
        assertTrue(twins.isSecond(reading(8), 1_001));
    }

    @Test
    void knowsATwinThatNamesOneSubscriptionOnly() {
        assertFalse(twins.isLast(reading(1), 0));
        assertFalse(twins.isSecond(reading(1), 1));
        assertTrue(twins.isLast(reading(1), 2));
        assertFalse(twins.isLast(reading(1), 3));
    }
}
