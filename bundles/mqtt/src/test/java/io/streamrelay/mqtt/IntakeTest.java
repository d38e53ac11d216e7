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

    private static final int BYTES_MAX = 10_000;

    private final Intake intake = new Intake(0, BYTES_MAX);
    private final List<Runnable> exits = new ArrayList<>();

    @BeforeEach
    void fill() {
        for (int i = 0; i < Intake.MAX; i++) {
            assertTrue(intake.admits(1));
            exits.add(intake.exit(1));
        }
        assertFalse(intake.isReadyToAskAgain());
    }

    @Test
    void turnsAwayWhatIsBeyondItsLimit() {
        assertFalse(intake.admits(1));
    }

    @Test
    void lettingOneOutLetsOneIn() {
        exits.get(0).run();
        exits.get(0).run();
        assertTrue(intake.admits(1));
        assertFalse(intake.admits(1));
    }

    @Test
    void takesNothingMoreUntilAllIsOutAndAskedForAgain() {
        assertFalse(intake.admits(1));
        exits.get(0).run();
        assertFalse(intake.admits(1), "what follows must not overtake what was turned away");
        assertFalse(intake.isReadyToAskAgain());
        exits.forEach(Runnable::run);
        assertTrue(intake.isReadyToAskAgain());
        intake.begin();
        assertTrue(intake.admits(1));
        assertFalse(intake.isReadyToAskAgain());
    }

    @Test
    void turnsAwayWhatIsBeyondItsBytes() {
        Intake small = new Intake(0, 100);
        assertTrue(small.admits(60));
        Runnable exit = small.exit(60);
        assertFalse(small.admits(50));
        exit.run();
        exit.run();
        assertTrue(small.isReadyToAskAgain());
        small.begin();
        assertTrue(small.admits(100));
        assertFalse(small.admits(1));
    }

    @Test
    void whatIsLargerThanAllItsBytesComesInAlone() {
        Intake small = new Intake(0, 100);
        assertTrue(small.admits(1_000));
        Runnable exit = small.exit(1_000);
        exit.run();
        assertTrue(small.admits(40));
        assertFalse(small.admits(1_000), "with another inside");
    }
}
