// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleManifestTest {

    private static final HouseMap MAP = new HouseMap(House.ROOT_PACKAGE);
    private static final List<String> NOTHING = List.of();

    private static BundleManifest mqtt(String header, String value) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "io.streamrelay.mqtt");
        manifest.getMainAttributes().putValue(header, value);
        return BundleManifest.of(manifest);
    }

    @Test
    void seesEveryBundle() {
        assertEquals(
                House.located().bundles(),
                BundleManifest.ofTheHouse().stream()
                        .map(BundleManifest::name)
                        .sorted()
                        .toList(),
                "add the bundle to the dependencies of itests/tidy");
    }

    @Test
    void everyExportHasAVersion() {
        assertEquals(
                NOTHING,
                BundleManifest.ofTheHouse().stream()
                        .flatMap(manifest -> manifest.unversionedExports().stream())
                        .toList());
    }

    @Test
    void bundlesImportFromThoseTheyMayKnow() {
        assertEquals(
                NOTHING,
                BundleManifest.ofTheHouse().stream()
                        .flatMap(manifest -> manifest.strangeImports(MAP).stream())
                        .toList());
    }

    @Test
    void bundlesLogWithEitherSlf4j() {
        assertEquals(
                NOTHING,
                BundleManifest.ofTheHouse().stream()
                        .flatMap(manifest -> manifest.narrowLogging().stream())
                        .toList());
    }

    @Test
    void refusesExportWithoutVersion() {
        assertEquals(
                1,
                mqtt("Export-Package", "io.streamrelay.mqtt;uses:=\"a,b\"")
                        .unversionedExports()
                        .size());
        assertEquals(
                1,
                mqtt("Export-Package", "io.streamrelay.mqtt;version=\"0.0.0\"")
                        .unversionedExports()
                        .size());
        assertEquals(
                NOTHING,
                mqtt("Export-Package", "io.streamrelay.mqtt;version=\"1.0.0\"").unversionedExports());
    }

    @Test
    void refusesImportOfWhomItMustNotKnow() {
        assertEquals(
                1,
                mqtt("Import-Package", "io.streamrelay.gossip.node;version=\"[1.0,2)\"")
                        .strangeImports(MAP)
                        .size());
        assertEquals(
                1,
                mqtt("Import-Package", "com.google.common.base")
                        .strangeImports(MAP)
                        .size());
        assertEquals(
                NOTHING,
                mqtt("Import-Package", "io.streamrelay.api;version=\"[1.0,2)\"").strangeImports(MAP));
        assertEquals(NOTHING, mqtt("Import-Package", "javax.net.ssl").strangeImports(MAP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.eclipse.paho.mqttv5.client", "com.fasterxml.jackson.core"})
    void refusesImportOfWhatItCarries(String packageName) {
        assertEquals(1, mqtt("Import-Package", packageName).strangeImports(MAP).size());
    }

    @Test
    void refusesLoggingWithOneSlf4jAlone() {
        assertEquals(
                1,
                mqtt("Import-Package", "org.slf4j;version=\"[1.7,2)\"")
                        .narrowLogging()
                        .size());
        assertEquals(1, mqtt("Import-Package", "org.slf4j").narrowLogging().size());
        assertEquals(
                NOTHING, mqtt("Import-Package", "org.slf4j;version=\"[1.7,3)\"").narrowLogging());
    }

    @Test
    void refusesImportWithoutRange() {
        assertEquals(
                1,
                mqtt("Import-Package", "io.streamrelay.api").strangeImports(MAP).size());
        assertEquals(
                1,
                mqtt("Import-Package", "io.streamrelay.api;version=\"1.0\"")
                        .strangeImports(MAP)
                        .size());
    }
}
