// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import io.streamrelay.itests.tidy.fixture.house.api.Contract;
import io.streamrelay.itests.tidy.fixture.house.gossip.engine.KnowsItsDriver;
import io.streamrelay.itests.tidy.fixture.house.gossip.node.Driver;
import io.streamrelay.itests.tidy.fixture.house.gossip.packet.KnowsTheEngine;
import io.streamrelay.itests.tidy.fixture.house.mqtt.KnowsForeignLibrary;
import io.streamrelay.itests.tidy.fixture.house.mqtt.KnowsGossip;
import io.streamrelay.itests.tidy.fixture.house.mqtt.KnowsTheContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HouseMapTest {

    private static final HouseMap HOUSE = new HouseMap(House.ROOT_PACKAGE);
    private static final HouseMap FIXTURES = new HouseMap("io.streamrelay.itests.tidy.fixture.house");
    private static final JavaClasses MAIN = House.mainClasses();

    private static boolean isBroken(ArchRule rule, Class<?>... fixtures) {
        EvaluationResult result = rule.evaluate(new ClassFileImporter().importClasses(fixtures));
        return result.hasViolation();
    }

    static List<String> bundles() {
        return HouseMap.bundles();
    }

    @Test
    void showsEveryBundle() {
        assertEquals(
                House.located().bundles(),
                bundles(),
                "a folder under bundles/ is missing on the map, or the map shows one that is gone: mend HouseMap.KNOWS");
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void bundleKnowsWhomItMay(String bundle) {
        HOUSE.bundle(bundle).check(MAIN);
    }

    @Test
    void gossipsLayersNeverLookBack() {
        HOUSE.gossipLayers().check(MAIN);
    }

    @ParameterizedTest
    @ValueSource(classes = {KnowsGossip.class, KnowsForeignLibrary.class})
    void refusesBundleThat(Class<?> offender) {
        assertTrue(isBroken(FIXTURES.bundle("mqtt"), offender));
    }

    @Test
    void acceptsBundleThatKnowsTheContract() {
        assertFalse(isBroken(FIXTURES.bundle("mqtt"), KnowsTheContract.class, Contract.class));
    }

    @Test
    void refusesEngineThatKnowsItsDriver() {
        assertTrue(isBroken(FIXTURES.gossipLayers(), KnowsItsDriver.class, Driver.class));
    }

    @Test
    void refusesPacketThatKnowsTheEngine() {
        assertTrue(isBroken(FIXTURES.gossipLayers(), KnowsTheEngine.class, KnowsItsDriver.class));
    }
}
