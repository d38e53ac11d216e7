// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.join;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The configurations of this container: in ConfigAdmin, and on Karaf in files, which File Install hands on to it. */
final class Configurations {

    private static final String ANY_BUNDLE = "?";
    private static final int NAMES_MAX = 100;
    private static final int ASCII_MAX = 0x7e;

    private final ConfigurationAdmin admin;
    private final Path folder;

    /** @param folder where Karaf has its files, or null elsewhere */
    Configurations(ConfigurationAdmin admin, Path folder) {
        this.admin = admin;
        this.folder = folder;
    }

    /** The one of a PID, even without values. */
    Configuration single(String pid) throws IOException {
        return admin.getConfiguration(pid, ANY_BUNDLE);
    }

    /** The instance of a factory whose value for a key is this. */
    Optional<Configuration> instance(String factoryPid, String key, String value) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations("(service.factoryPid=" + factoryPid + ")");
            return Stream.of(found == null ? new Configuration[0] : found)
                    .filter(each -> value.equals(text(each.getProperties(), key)))
                    .findFirst();
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String text(Dictionary<String, Object> properties, String key) {
        Object value = properties == null ? null : properties.get(key);
        return value == null ? null : value.toString().trim();
    }

    /** The values of a configuration; a copy. */
    static Map<String, Object> values(Configuration configuration) {
        Map<String, Object> values = new HashMap<>();
        Dictionary<String, Object> properties = configuration.getProperties();
        if (properties != null) {
            Collections.list(properties.keys()).forEach(key -> values.put(key, properties.get(key)));
        }
        return values;
    }

    /** Changes some values and leaves the others. */
    static void change(Configuration configuration, Map<String, ?> changes) throws IOException {
        Map<String, Object> values = values(configuration);
        values.putAll(changes);
        configuration.update(new Hashtable<>(values));
    }

    /**
     * Makes an instance of a factory.
     *
     * @param name what tells it from others, fit for a file's name
     * @param entries keys and values in the order in which they are written
     */
    void create(String factoryPid, String name, List<Map.Entry<String, String>> entries) throws IOException {
        if (folder == null) {
            Dictionary<String, Object> values = new Hashtable<>();
            entries.forEach(entry -> values.put(entry.getKey(), entry.getValue()));
            admin.createFactoryConfiguration(factoryPid, ANY_BUNDLE).update(values);
            return;
        }
        StringBuilder content = new StringBuilder("# Made by joining with an invitation.\n");
        entries.forEach(entry -> content.append(entry.getKey() + " = " + escaped(entry.getValue()) + "\n"));
        for (int number = 1; number < NAMES_MAX; number++) {
            Path file = folder.resolve(factoryPid + "-" + name + (number == 1 ? "" : "-" + number) + ".cfg");
            if (!Files.exists(file)) {
                OwnerFile.write(file, content.toString(), StandardCharsets.ISO_8859_1);
                return;
            }
            // File Install takes some seconds to look: who joins twice meanwhile has joined.
            if (Files.readString(file, StandardCharsets.ISO_8859_1).equals(content.toString())) {
                return;
            }
        }
        throw new IOException("no name is free in " + folder + " for another " + factoryPid);
    }

    /** As a file of properties has it. */
    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        for (char c : value.toCharArray()) {
            if (c == '\\') {
                escaped.append("\\\\");
            } else if (c > ASCII_MAX) {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
