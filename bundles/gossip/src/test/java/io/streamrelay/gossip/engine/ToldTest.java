// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToldTest {

    private static final long LONG_MS = Timing.TELLING_MS;
    private static final long WALL_MS = 1_800_000_000_000L;

    private final Told told = new Told();
    private final Set<Id> subscriptions = new HashSet<>(Set.of(TestPackets.SUBCLUSTER));

    private boolean isKnown(Integer natType, long nowMs) {
        return told.isKnown(natType, subscriptions, WALL_MS + nowMs, nowMs);
    }

    @Test
    void isKnownWhenItHasBeenSaidForLongEnough() {
        assertFalse(isKnown(31, 5));
        assertFalse(isKnown(31, 5 + LONG_MS - 1));
        assertTrue(isKnown(31, 5 + LONG_MS));
    }

    @Test
    void anotherNatTypeIsNews() {
        isKnown(null, 0);
        assertFalse(isKnown(31, LONG_MS));
        assertTrue(isKnown(31, 2 * LONG_MS));
        assertFalse(isKnown(15, 2 * LONG_MS));
    }

    @Test
    void anotherSubscriptionIsNews() {
        isKnown(31, 0);
        subscriptions.add(TestPackets.EVENT);
        assertFalse(isKnown(31, LONG_MS));
        assertTrue(isKnown(31, 2 * LONG_MS));
    }

    @Test
    void aClockThatWasSetIsNews() {
        isKnown(31, 0);
        assertTrue(told.isKnown(31, subscriptions, WALL_MS + LONG_MS + 1_000, LONG_MS));
        assertFalse(told.isKnown(31, subscriptions, WALL_MS + LONG_MS - 1_001, LONG_MS));
    }
}
