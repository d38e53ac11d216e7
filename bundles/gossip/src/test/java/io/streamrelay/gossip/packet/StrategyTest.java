// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrategyTest {

    @ParameterizedTest
    @ValueSource(ints = {29, 13, 21, 23, 0, -1, 32})
    @Tag("case-26")
    void reachesPeersWithoutANamedTypeThroughTheirIntroducer(int unnamed) {
        for (int own : new int[] {31, 15, 7, 5, unnamed}) {
            assertEquals(Strategy.PROXY, Strategy.between(own, unnamed));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {29, 13, 21, 23, 0})
    void reachesOnlyUnrestrictedPeersDirectlyWithoutANamedType(int unnamed) {
        assertEquals(Strategy.DIRECT, Strategy.between(unnamed, 31));
        for (int other : new int[] {15, 7, 5}) {
            assertEquals(Strategy.PROXY, Strategy.between(unnamed, other));
        }
    }
}
