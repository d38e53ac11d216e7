// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.tidy;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import aQute.bnd.version.Version;
import aQute.bnd.version.VersionRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * What a built bundle says of itself to the framework.
 *
 * @param name the bundle's folder
 */
record BundleManifest(String name, Parameters exports, Parameters imports) {

    private static final String NAME_PREFIX = House.ROOT_PACKAGE + ".";

    static BundleManifest of(Manifest manifest) {
        String symbolicName = String.valueOf(manifest.getMainAttributes().getValue("Bundle-SymbolicName"));
        return new BundleManifest(
                symbolicName.startsWith(NAME_PREFIX) ? symbolicName.substring(NAME_PREFIX.length()) : "",
                OSGiHeader.parseHeader(manifest.getMainAttributes().getValue("Export-Package")),
                OSGiHeader.parseHeader(manifest.getMainAttributes().getValue("Import-Package")));
    }

    /** Those of the house that are on the class path. */
    static List<BundleManifest> ofTheHouse() {
        List<BundleManifest> found = new ArrayList<>();
        try {
            ClassLoader loader = BundleManifest.class.getClassLoader();
            for (URL url : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
                try (InputStream bytes = url.openStream()) {
                    found.add(of(new Manifest(bytes)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.removeIf(manifest -> manifest.name().isEmpty());
        return found;
    }

    List<String> unversionedExports() {
        return exports.entrySet().stream()
                .filter(export -> !isVersioned(export.getValue()))
                .map(export -> name + " exports " + export.getKey()
                        + " without a version: put @Version beside @Export in its package-info.java")
                .toList();
    }

    private static boolean isVersioned(Attrs attributes) {
        String version = attributes.getVersion();
        return version != null
                && Version.isVersion(version)
                && !Version.parseVersion(version).equals(Version.LOWEST);
    }

    /** Imports of what the bundle must not know, or of the house's own packages without a range. */
    List<String> strangeImports(HouseMap map) {
        List<String> strange = new ArrayList<>();
        imports.forEach((packageName, attributes) -> {
            if (!map.mayImport(name, packageName)) {
                strange.add(name + " imports " + packageName + ": use a service of api, or carry it inside the jar");
            } else if (packageName.startsWith(map.root() + ".") && !isRange(attributes)) {
                strange.add(name + " imports " + packageName + " without a range: let bnd derive it from @Version");
            }
        });
        return strange;
    }

    /** With an upper bound: a lone version admits every later one. */
    private static boolean isRange(Attrs attributes) {
        return attributes.getVersion() != null && attributes.getVersion().contains(",");
    }

    /** Kura has slf4j 1.7, Karaf both; a range that admits only one of them keeps the bundle from starting. */
    List<String> narrowLogging() {
        Attrs slf4j = imports.get("org.slf4j");
        if (slf4j == null || Stream.of("1.7.36", "2.0.17").allMatch(version -> admits(slf4j, version))) {
            return List.of();
        }
        return List.of(name + " imports org.slf4j " + slf4j.getVersion()
                + ": repeat org.slf4j.*;version=\"[1.7,3)\" in its bnd.bnd, which overrides the shared line");
    }

    private static boolean admits(Attrs attributes, String version) {
        return isRange(attributes)
                && VersionRange.parseOSGiVersionRange(attributes.getVersion()).includes(Version.parseVersion(version));
    }
}
