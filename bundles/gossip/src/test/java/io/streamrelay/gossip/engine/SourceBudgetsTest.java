// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.gossip.packet.PacketType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourceBudgetsTest {

    private final SourceBudgets budgets = new SourceBudgets();

    private int taken(int tries, int address, int step) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += budgets.tryTake(new Endpoint(address + i * step, 1 + i % 60_000), 0) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void oneAddressGetsItsBurstAndThenItsPace() {
        assertEquals(Limits.ADDRESS_BURST, taken(10_000, 0x0a000001, 0));
        Endpoint again = new Endpoint(0x0a000001, 9);
        assertFalse(budgets.tryTake(again, 1000 / Limits.ADDRESS_PER_SECOND - 1));
        assertTrue(budgets.tryTake(again, 1000 / Limits.ADDRESS_PER_SECOND));
    }

    @Test
    void oneNetworkGetsNoMoreThanItsBurstHoweverManyAddressesItHas() {
        int taken = 0;
        for (int round = 0; round < 100; round++) {
            taken += taken(256, 0x0a000000, 1);
        }
        assertEquals(Limits.NETWORK_BURST, taken);
        assertTrue(budgets.tryTake(Endpoint.of("10.0.1.0", 1), 0));
    }

    @Test
    void allStrangersTogetherGetNoMoreThanTheirs() {
        assertEquals(Limits.STRANGERS_BURST, taken(100_000, 0x0b000000, 256));
    }

    @Test
    void remembersNoMoreSourcesThanItsLimit() {
        taken(100_000, 0x0b000000, 256);
        assertEquals(2 * Limits.SOURCES_MAX, budgets.size());
    }

    @ParameterizedTest
    @EnumSource(
            value = PacketType.class,
            names = {"PING", "JOIN", "INTRO", "STREAM"})
    void aNeighbourGetsItsBurstOfEachKindAndNoOtherSuffers(PacketType type) {
        NeighbourBudgets neighbour = new NeighbourBudgets(0);
        int taken = 0;
        while (taken < 100_000 && neighbour.tryTake(type, 0)) {
            taken++;
        }
        assertEquals(
                switch (type) {
                    case PING -> Limits.PINGS_BURST;
                    case JOIN -> Limits.PEER_JOINS_BURST;
                    case INTRO -> Limits.INTROS_BURST;
                    default -> Limits.STREAMS_BURST;
                },
                taken);
        assertTrue(neighbour.tryTake(PacketType.PUBLISH, 0));
        assertTrue(neighbour.tryTake(PacketType.PONG, 0));
    }
}
