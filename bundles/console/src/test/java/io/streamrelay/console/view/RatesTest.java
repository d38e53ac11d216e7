// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RatesTest {

    private final Rates rates = new Rates();

    private double look(long sinceMs, long count) {
        rates.begin(sinceMs);
        double rate = rates.of("sent", count);
        rates.end();
        return rate;
    }

    @Test
    void approachesASteadyRate() {
        look(0, 0);
        double rate = 0;
        for (int i = 1; i <= 30; i++) {
            rate = look(2_000, i * 20);
        }
        assertEquals(10, rate, 0.01);
    }

    @Test
    void knowsNoRateAtTheFirstLook() {
        assertEquals(0, look(0, 1_000));
    }

    @Test
    void isNeverNegativeWhenACountBeginsAnew() {
        look(0, 1_000);
        assertEquals(0, look(2_000, 3));
    }

    @Test
    void forgetsWhatIsNotLookedAt() {
        look(0, 0);
        look(2_000, 100);
        rates.begin(2_000);
        rates.end();
        assertEquals(0, look(2_000, 200));
    }
}
