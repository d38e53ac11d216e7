// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.simulator.figures.Share;
import org.junit.jupiter.api.Test;

class ShareTest {

    /** Wilson's interval for 27 of 30, as in his tables: 74.4 to 96.5 %. */
    @Test
    void intervalIsWilsons() {
        Share share = new Share(27, 30);
        assertEquals(0.9, share.value());
        assertEquals(0.744, share.lower(), 0.001);
        assertEquals(0.965, share.upper(), 0.001);
    }

    @Test
    void intervalStaysWithinBounds() {
        assertEquals(1, new Share(30, 30).upper(), 1e-9);
        assertEquals(0, new Share(0, 30).lower(), 1e-9);
    }
}
