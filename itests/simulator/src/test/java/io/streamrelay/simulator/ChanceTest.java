// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class ChanceTest {

    @Test
    void drawsTheSameForTheSameSeedAndPurpose() {
        assertEquals(
                new Chance(1).of("loss").nextLong(), new Chance(1).of("loss").nextLong());
    }

    @Test
    void drawsOtherwiseForAnotherSeedOrPurpose() {
        long draw = new Chance(1).of("loss").nextLong();
        assertNotEquals(draw, new Chance(2).of("loss").nextLong());
        assertNotEquals(draw, new Chance(1).of("loss2").nextLong());
    }

    @Test
    void purposesDoNotDisturbEachOther() {
        Chance chance = new Chance(1);
        long expected = chance.one("latency", 1_000_000);
        chance.of("loss").nextLong();
        assertEquals(expected, chance.one("latency", 1_000_000));
    }
}
