// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final Intake intake = new Intake(0);
    private final List<Runnable> exits = new ArrayList<>();

    @BeforeEach
    void fill() {
        for (int i = 0; i < Intake.MAX; i++) {
            assertTrue(intake.admits());
            exits.add(intake.exit());
        }
        assertFalse(intake.isReadyToAskAgain());
    }

    @Test
    void turnsAwayWhatIsBeyondItsLimit() {
        assertFalse(intake.admits());
    }

    @Test
    void lettingOneOutLetsOneIn() {
        exits.get(0).run();
        exits.get(0).run();
        assertTrue(intake.admits());
        assertFalse(intake.admits());
    }

    @Test
    void takesNothingMoreUntilAllIsOutAndAskedForAgain() {
        assertFalse(intake.admits());
        exits.get(0).run();
        assertFalse(intake.admits(), "what follows must not overtake what was turned away");
        assertFalse(intake.isReadyToAskAgain());
        exits.forEach(Runnable::run);
        assertTrue(intake.isReadyToAskAgain());
        intake.begin();
        assertTrue(intake.admits());
        assertFalse(intake.isReadyToAskAgain());
    }
}
