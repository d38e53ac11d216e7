// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

    private final ReplayWindow window = new ReplayWindow();

    @BeforeEach
    void begins() {
        window.begin(new Stamp(7, 100));
    }

    @Test
    void takesEachPacketOnceThoughTheyOvertakeEachOther() {
        assertTrue(window.admit(new Stamp(7, 103)));
        assertTrue(window.admit(new Stamp(7, 101)));
        assertTrue(window.admit(new Stamp(7, 102)));
        assertFalse(window.admit(new Stamp(7, 101)));
        assertFalse(window.admit(new Stamp(7, 103)));
        assertFalse(window.admit(new Stamp(7, 100)));
    }

    @Test
    void takesNothingThatIsOlderThanItRemembers() {
        assertTrue(window.admit(new Stamp(7, 200)));
        assertTrue(window.admit(new Stamp(7, 137)));
        assertFalse(window.admit(new Stamp(7, 136)));
    }

    @Test
    void takesNothingOfAnotherSessionUntilThatHasAnsweredAChallenge() {
        assertFalse(window.admit(new Stamp(8, 1_000)));
        window.begin(new Stamp(8, 3));
        assertFalse(window.admit(new Stamp(8, 3)));
        assertFalse(window.admit(new Stamp(7, 1_000)));
        assertTrue(window.admit(new Stamp(8, 4)));
    }

    @Test
    void aSecondChallengeInTheSameSessionForgetsNothing() {
        window.begin(new Stamp(7, 101));
        assertFalse(window.admit(new Stamp(7, 100)));
        assertFalse(window.admit(new Stamp(7, 101)));
    }
}
