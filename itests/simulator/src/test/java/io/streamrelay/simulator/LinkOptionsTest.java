// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LinkOptionsTest {

    @Test
    void refusesALatencyBelowOneMillisecond() {
        assertThrows(IllegalArgumentException.class, () -> new LinkOptions(0, 10, 0, 0, 0));
    }

    @Test
    void refusesAShareAboveOne() {
        assertThrows(IllegalArgumentException.class, () -> LinkOptions.CLEAN.withLoss(1.01));
        assertThrows(IllegalArgumentException.class, () -> LinkOptions.CLEAN.withLoss(Double.NaN));
    }

    @Test
    void withoutFaultsOnlyLatencyRemains() {
        assertEquals(LinkOptions.CLEAN, LinkOptions.FAULTY.withoutFaults());
    }
}
