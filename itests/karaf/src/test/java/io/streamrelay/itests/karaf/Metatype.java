// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What a bundle says about the configuration of one PID.
 *
 * @param defaults the default of each key, empty where there is none
 */
record Metatype(Map<String, String> defaults) {

    /** Reads it out of the jar that the build of that bundle made. */
    static Metatype ofBundle(String bundle, String pid) throws Exception {
        try (ZipFile jar = new ZipFile(jarOf(bundle).toFile());
                InputStream xml = jar.getInputStream(jar.getEntry("OSGI-INF/metatype/" + pid + ".xml"))) {
            return parse(
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml));
        }
    }

    private static Path jarOf(String bundle) throws Exception {
        try (Stream<Path> files = Files.list(Path.of("..", "..", "bundles", bundle, "target"))) {
            return files.filter(file -> file.getFileName().toString().matches(bundle + "-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("bundles/" + bundle + " is not built"));
        }
    }

    private static Metatype parse(Document document) {
        Map<String, String> defaults = new TreeMap<>();
        NodeList attributes = document.getElementsByTagName("AD");
        for (int i = 0; i < attributes.getLength(); i++) {
            Element attribute = (Element) attributes.item(i);
            defaults.put(attribute.getAttribute("id"), attribute.getAttribute("default"));
        }
        return new Metatype(defaults);
    }
}
