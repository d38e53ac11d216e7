// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Receipt;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals();

    private void came(int number, boolean more) {
        arrivals.came(TestPackets.numbered(number), more, 0);
    }

    private static List<Id> numbered(IntStream numbers) {
        return numbers.mapToObj(TestPackets::numbered).toList();
    }

    @Test
    void namesTheLatestAsFarAsAReceiptHasRoom() {
        IntStream.rangeClosed(0, Receipt.NAMES_MAX).forEach(number -> came(number, false));
        assertEquals(numbered(IntStream.rangeClosed(1, Receipt.NAMES_MAX)), arrivals.ids());
    }

    @Test
    void namesWhatCameAgainOnceAsTheNewest() {
        IntStream.of(1, 2, 1).forEach(number -> came(number, false));
        assertEquals(numbered(IntStream.of(2, 1)), arrivals.ids());
    }

    @Test
    void expectsNothingOfWhoHasSaidNothing() {
        assertFalse(arrivals.expectsMore(0));
        came(1, false);
        assertFalse(arrivals.expectsMore(0));
    }

    @Test
    void believesForAWhileThatMoreWaitsToLeave() {
        came(1, true);
        assertTrue(arrivals.expectsMore(Timing.MORE_MS - 1));
        assertFalse(arrivals.expectsMore(Timing.MORE_MS));
    }

    @Test
    void believesThatNothingMoreWaits() {
        came(1, true);
        came(2, false);
        assertFalse(arrivals.expectsMore(0));
    }

    @Test
    void mayBeToldToExpectMore() {
        arrivals.expectMore(1_000);
        assertTrue(arrivals.expectsMore(1_000 + Timing.MORE_MS - 1));
        assertFalse(arrivals.expectsMore(1_000 + Timing.MORE_MS));
    }
}
