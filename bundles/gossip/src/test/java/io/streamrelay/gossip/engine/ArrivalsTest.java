// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals();

    @Test
    void expectsNothingOfWhoHasSaidNothing() {
        assertFalse(arrivals.expectsMore(0));
        arrivals.came(false, 0);
        assertFalse(arrivals.expectsMore(0));
    }

    @Test
    void believesForAWhileThatMoreWaitsToLeave() {
        arrivals.came(true, 0);
        assertTrue(arrivals.expectsMore(Timing.MORE_MS - 1));
        assertFalse(arrivals.expectsMore(Timing.MORE_MS));
    }

    @Test
    void believesThatNothingMoreWaits() {
        arrivals.came(true, 0);
        arrivals.came(false, 0);
        assertFalse(arrivals.expectsMore(0));
    }

    @Test
    void mayBeToldToExpectMore() {
        arrivals.expectMore(1_000);
        assertTrue(arrivals.expectsMore(1_000 + Timing.MORE_MS - 1));
        assertFalse(arrivals.expectsMore(1_000 + Timing.MORE_MS));
    }
}
