// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AmplificationGuardTest {

    private static final Endpoint STRANGER = Endpoint.of("192.0.2.1", 4_000);

    private final AmplificationGuard guard = new AmplificationGuard();

    @Test
    void anAddressThatNothingCameFromGetsNothing() {
        assertFalse(guard.tryCharge(STRANGER, 1, 0));
    }

    @Test
    @Tag("case-43")
    void anAddressGetsLessThanTwiceWhatCameFromIt() {
        guard.received(STRANGER, 100);
        assertFalse(guard.tryCharge(STRANGER, 200, 0));
        assertTrue(guard.tryCharge(STRANGER, 150, 0));
        assertFalse(guard.tryCharge(STRANGER, 50, 0));
        assertTrue(guard.tryCharge(STRANGER, 49, 0));
        assertFalse(guard.tryCharge(STRANGER, 1, 0));
    }

    @Test
    void whatIsSentToAnotherPortOfTheHostIsChargedToo() {
        guard.received(STRANGER, 100);
        assertTrue(guard.tryCharge(new Endpoint(STRANGER.address(), 5_000), 150, 0));
        assertFalse(guard.tryCharge(STRANGER, 50, 0));
    }

    @Test
    void anAddressThatAPeerNamedGetsLessThanTwiceWhatItSpent() {
        guard.toldOf(STRANGER, 400);
        assertTrue(guard.tryCharge(STRANGER, 799, 0));
        assertFalse(guard.tryCharge(STRANGER, 1, 0));
    }

    @Test
    void anAddressThatOneDatagramNamesTwiceIsCreditedOnce() {
        guard.toldOf(STRANGER, 400);
        guard.toldOf(new Endpoint(STRANGER.address(), 5_000), 400);
        assertFalse(guard.tryCharge(STRANGER, 800, 0));
        guard.received(Endpoint.of("192.0.2.9", 1), 1);
        guard.toldOf(STRANGER, 400);
        assertTrue(guard.tryCharge(STRANGER, 1_599, 0));
    }

    @Test
    void savesNoMoreThanItsLimit() {
        guard.received(STRANGER, Limits.UNPROVEN_CREDIT_MAX);
        int most = Limits.UNPROVEN_CREDIT_MAX - AmplificationGuard.HEADER_BYTES;
        assertFalse(guard.tryCharge(STRANGER, most, 0));
        assertTrue(guard.tryCharge(STRANGER, most - 1, 0));
    }

    @Test
    void headersCountToo() {
        guard.received(STRANGER, 100);
        int whole = 0;
        while (guard.tryCharge(STRANGER, 1, 0)) {
            whole += 1 + AmplificationGuard.HEADER_BYTES;
        }
        assertEquals(8 * 29, whole);
        assertTrue(guard.tryChargeContent(STRANGER, 1, 0));
    }

    @Test
    void aProvenAddressIsFreeForSomeMinutes() {
        guard.proven(STRANGER, 1_000);
        assertTrue(guard.tryCharge(STRANGER, 10_000, 1_000 + Timing.PROVEN_MS - 1));
        assertFalse(guard.tryCharge(STRANGER, 10_000, 1_000 + Timing.PROVEN_MS));
    }

    @Test
    @Tag("case-45")
    void remembersNoMoreAddressesThanItsLimitsAndForgottenOnesGetNothing() {
        guard.received(STRANGER, 100);
        guard.proven(new Endpoint(1, 1), 0);
        for (int i = 0; i < Limits.UNPROVEN_ADDRESSES_MAX; i++) {
            guard.received(new Endpoint(0x0a000000 + i, 1), 100);
        }
        for (int i = 0; i < Limits.PROVEN_ADDRESSES_MAX; i++) {
            guard.proven(new Endpoint(0x0b000000 + i, 1), 0);
        }
        assertEquals(Limits.UNPROVEN_ADDRESSES_MAX + Limits.PROVEN_ADDRESSES_MAX, guard.size());
        assertFalse(guard.tryCharge(STRANGER, 1, 0));
        assertFalse(guard.isProven(new Endpoint(1, 1), 0));
        assertTrue(guard.isProven(new Endpoint(0x0b000000, 1), 0));
    }
}
