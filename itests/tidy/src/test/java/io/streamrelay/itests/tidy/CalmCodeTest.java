// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.tidy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.streamrelay.itests.tidy.fixture.calm.KeepsGlobalState;
import io.streamrelay.itests.tidy.fixture.calm.Sleeps;
import org.junit.jupiter.api.Test;

class CalmCodeTest {

    private static final CalmCode HOUSE = new CalmCode(House.ROOT_PACKAGE + "..");
    private static final JavaClasses MAIN = House.mainClasses();
    private static final ClassFileImporter IMPORTER = new ClassFileImporter();

    @Test
    void mainCodeNeverSleeps() {
        HOUSE.noSleep().check(MAIN);
    }

    @Test
    void mainCodeKeepsNoGlobalState() {
        HOUSE.noGlobalState().check(MAIN);
    }

    @Test
    void refusesSleep() {
        assertTrue(
                HOUSE.noSleep().evaluate(IMPORTER.importClasses(Sleeps.class)).hasViolation());
    }

    @Test
    void refusesGlobalState() {
        assertTrue(HOUSE.noGlobalState()
                .evaluate(IMPORTER.importClasses(KeepsGlobalState.class))
                .hasViolation());
    }
}
