// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class TwinsTest {

    private static final LongPredicate NEVER = withinMs -> false;

    private final Twins twins = new Twins();

    private static Fingerprint reading(int number) {
        return new Fingerprint(number);
    }

    @Test
    void takesOneOfTwo() {
        assertFalse(twins.isSecond(reading(1), 2, NEVER, 0));
        assertTrue(twins.isSecond(reading(1), 2, NEVER, 1));
        assertFalse(twins.isSecond(reading(1), 2, NEVER, 2), "an equal reading, which has a twin, too");
        assertTrue(twins.isSecond(reading(1), 2, NEVER, 3));
    }

    @Test
    void waitsForATwinNoLongerThanItCanTake() {
        assertFalse(twins.isSecond(reading(1), 2, NEVER, 0));
        assertFalse(twins.isSecond(reading(1), 2, NEVER, 251));
    }

    @Test
    void seesThatABrokerSendsOne() {
        for (int i = 0; i < 10; i++) {
            assertFalse(twins.isSecond(reading(i), 2, NEVER, i * 300L));
        }
        assertFalse(twins.isSecond(reading(9), 2, NEVER, 9 * 300L + 1), "an equal reading, soon after");
    }

    @Test
    void isNotMisledByOneThatWasSentBeforeThereWereTwo() {
        for (int i = 0; i < 5; i++) {
            twins.isSecond(reading(i), 2, NEVER, 0);
            twins.isSecond(reading(i), 2, NEVER, 1);
        }
        twins.isSecond(reading(7), 2, NEVER, 2);
        assertFalse(twins.isSecond(reading(8), 2, NEVER, 1_000));
        assertTrue(twins.isSecond(reading(8), 2, NEVER, 1_001));
    }

    @Test
    void takesOneOfAsManyAsAreNamed() {
        for (int reading = 0; reading < 2; reading++) {
            assertFalse(twins.isSecond(reading(1), 3, NEVER, 0));
            assertTrue(twins.isSecond(reading(1), 3, NEVER, 1));
            assertTrue(twins.isSecond(reading(1), 3, NEVER, 2));
        }
    }

    @Test
    void takesOneThoughLaterCopiesNameMore() {
        assertFalse(twins.isSecond(reading(1), 2, NEVER, 0));
        assertTrue(twins.isSecond(reading(1), 2, NEVER, 1));
        assertTrue(twins.isSecond(reading(1), 3, NEVER, 40));
        assertFalse(twins.isSecond(reading(1), 3, NEVER, 50), "an equal reading");
    }

    @Test
    void takesOneThoughMoreComeThanAreNamed() {
        pairs(20, 100);
        twins.seen(reading(50), 1_000);
        assertTrue(twins.isLast(reading(50), NEVER, 1_050));
        assertTrue(twins.isSecond(reading(50), 2, NEVER, 1_060));
        assertFalse(twins.isSecond(reading(50), 2, NEVER, 1_300), "an equal reading");
    }

    @Test
    void losesNoEqualReadingThatNamesMore() {
        LongPredicate often = withinMs -> true;
        assertFalse(twins.isSecond(reading(1), 2, often, 0));
        assertTrue(twins.isSecond(reading(1), 2, often, 1));
        assertFalse(twins.isSecond(reading(1), 3, often, 40));
    }

    @Test
    void knowsATwinThatNamesOneSubscriptionOnly() {
        assertFalse(twins.isLast(reading(1), NEVER, 0));
        assertFalse(twins.isSecond(reading(1), 2, NEVER, 1));
        assertTrue(twins.isLast(reading(1), NEVER, 2));
        assertFalse(twins.isLast(reading(1), NEVER, 3));
    }

    private void pairs(int count, long apartMs) {
        for (int i = 0; i < count; i++) {
            twins.isSecond(reading(i), 2, NEVER, 0);
        }
        for (int i = 0; i < count; i++) {
            twins.isSecond(reading(i), 2, NEVER, apartMs);
        }
    }

    @Test
    void waitsLongerWhenTheBrokerIsKnownToSendTwo() {
        pairs(20, 100);
        assertFalse(twins.isSecond(reading(50), 2, NEVER, 1_000));
        assertTrue(twins.isSecond(reading(50), 2, NEVER, 4_000));
        assertFalse(twins.isSecond(reading(51), 2, NEVER, 5_000));
        assertFalse(twins.isSecond(reading(51), 2, NEVER, 8_001), "another reading");
    }

    @Test
    void isNotMisledByReadingsThatBeginToRepeatThemselves() {
        pairs(20, 1_000);
        assertFalse(twins.areSure());
        assertFalse(twins.isSecond(reading(50), 2, NEVER, 2_000));
        assertFalse(twins.isSecond(reading(50), 2, NEVER, 3_000));
    }

    @Test
    void doesNotBecomeSureOfABrokerThatMostlySendsOne() {
        for (int i = 0; i < 100; i++) {
            twins.isSecond(reading(i), 2, NEVER, i * 1_000L);
            twins.isSecond(reading(1_000 + i), 2, NEVER, i * 1_000L);
            if (i % 3 == 0) {
                twins.isSecond(reading(i), 2, NEVER, i * 1_000L + 100);
            }
        }
        assertFalse(twins.areSure());
    }

    @Test
    void doesNotWaitLongerWhereATopicRepeatsItself() {
        pairs(20, 100);
        LongPredicate eachSecond = withinMs -> withinMs >= 1_000;
        assertFalse(twins.isSecond(reading(50), 2, eachSecond, 1_000));
        assertTrue(twins.isSecond(reading(50), 2, eachSecond, 1_900));
        assertFalse(twins.isSecond(reading(50), 2, eachSecond, 2_000));
        assertFalse(twins.isSecond(reading(50), 2, eachSecond, 3_000), "another reading, and the twin never came");
    }

    @Test
    void learnsNothingFromReadingsThatAreEqual() {
        for (int i = 0; i < 100; i++) {
            twins.isSecond(reading(i), 2, withinMs -> true, i * 1_000L);
            twins.isSecond(reading(i), 2, withinMs -> true, i * 1_000L + 100);
        }
        assertFalse(twins.isSecond(reading(200), 2, NEVER, 100_000));
        assertFalse(twins.isSecond(reading(200), 2, NEVER, 101_000));
    }

    @Test
    void forgetsItsBroker() {
        pairs(100, 10);
        twins.forget();
        assertFalse(twins.areSure());
        assertFalse(twins.isSecond(reading(50), 2, NEVER, 1_000));
        assertFalse(twins.isSecond(reading(50), 2, NEVER, 2_000));
    }
}
