// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToldTest {

    private static final long LONG_MS = Timing.TELLING_MS;
    private static final long WALL_MS = 1_800_000_000_000L;

    private final Told told = new Told();
    private final Set<Id> subscriptions = new HashSet<>(Set.of(TestPackets.SUBCLUSTER));

    private boolean isDue(Integer natType, long nowMs) {
        return told.isDue(natType, subscriptions, WALL_MS + nowMs, nowMs);
    }

    @Test
    void isDueUntilItHasBeenSaidForLongEnough() {
        assertTrue(isDue(31, 5));
        assertTrue(isDue(31, 5 + LONG_MS - 1));
        assertFalse(isDue(31, 5 + LONG_MS));
        assertFalse(isDue(31, 5 + 2 * LONG_MS));
    }

    @Test
    void isSaidTwiceAtOnceAndThenEverMoreRarelyButInEachHeartbeat() {
        List<Long> said = new ArrayList<>();
        for (long nowMs = 0; nowMs < LONG_MS; nowMs += 100) {
            if (isDue(31, nowMs)) {
                said.add(nowMs);
            }
        }
        assertEquals(
                List.of(0L, 100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 11_400L, 16_400L), said.subList(0, 10));
    }

    @Test
    void anotherNatTypeIsNews() {
        assertTrue(isDue(null, 0));
        assertTrue(isDue(31, LONG_MS));
        assertTrue(isDue(31, LONG_MS + 1));
        assertFalse(isDue(31, 2 * LONG_MS));
        assertTrue(isDue(15, 2 * LONG_MS));
    }

    @Test
    void anotherSubscriptionIsNews() {
        isDue(31, 0);
        assertFalse(isDue(31, LONG_MS));
        subscriptions.add(TestPackets.EVENT);
        assertTrue(isDue(31, LONG_MS));
        assertFalse(isDue(31, 2 * LONG_MS));
    }

    @Test
    void aClockThatWasSetIsNews() {
        isDue(31, 0);
        assertFalse(told.isDue(31, subscriptions, WALL_MS + LONG_MS + 1_000, LONG_MS));
        assertTrue(told.isDue(31, subscriptions, WALL_MS + LONG_MS - 1_001, LONG_MS));
    }

    private boolean isKnown(Integer natType, long nowMs, long heardMs) {
        return told.isKnown(natType, subscriptions, WALL_MS + nowMs, nowMs, heardMs, heardMs);
    }

    @Test
    void isKnownToWhoWasThereForLongEnoughAfterwards() {
        assertFalse(isKnown(31, 0, 0));
        isDue(31, 5);
        assertFalse(isKnown(31, 1_000_000, 4 + Timing.TOLD_MS));
        assertTrue(isKnown(31, 1_000_000, 5 + Timing.TOLD_MS));
    }

    @Test
    void whatHasChangedIsNotKnownAndThatIsAskedChangesNothing() {
        isDue(31, 0);
        assertFalse(isKnown(15, 1_000_000, 1_000_000));
        assertTrue(isKnown(31, 1_000_000, 1_000_000));
        subscriptions.add(TestPackets.filled(7));
        assertFalse(isKnown(31, 1_000_000, 1_000_000));
    }

    @Test
    void pingsSayItThoughAnIntroductionHasSaidIt() {
        told.tell(31, subscriptions, WALL_MS, 0);
        assertTrue(isKnown(31, 1_000_000, Timing.TOLD_MS));
        assertTrue(isDue(31, 2));
        assertTrue(isDue(31, 3));
    }

    @Test
    void isKnownToWhoHasAnsweredSinceAlone() {
        isDue(31, 5);
        assertFalse(told.isKnown(31, subscriptions, WALL_MS + 100_000, 100_000, 90_000, 4));
        assertTrue(told.isKnown(31, subscriptions, WALL_MS + 100_000, 100_000, 90_000, 5));
    }

    @Test
    void whatIsLessIsNeverKnown() {
        subscriptions.add(TestPackets.filled(7));
        isDue(31, 0);
        subscriptions.remove(TestPackets.filled(7));
        isDue(31, 1);
        assertFalse(isKnown(31, 1_000_000, 1_000_000));
    }
}
