// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.tidy;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import aQute.bnd.version.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.Manifest;

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

    /** Imports of the house's own packages without a range, or of a bundle that it must not know. */
    List<String> strangeImports(HouseMap map) {
        Predicate<String> own = packageName -> packageName.startsWith(map.root() + ".");
        List<String> strange = new ArrayList<>();
        imports.forEach((packageName, attributes) -> {
            if (own.test(packageName) && !map.mayKnow(name, packageName)) {
                strange.add(name + " imports " + packageName + ", which it must not know: use a service of api");
            } else if (own.test(packageName)
                    && !String.valueOf(attributes.getVersion()).contains(",")) {
                strange.add(name + " imports " + packageName + " without a range: let bnd derive it from @Version");
            }
        });
        return strange;
    }
}
