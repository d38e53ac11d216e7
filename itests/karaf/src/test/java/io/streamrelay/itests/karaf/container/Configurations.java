// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The configurations that a test made; all of them go when it is closed. */
final class Configurations implements AutoCloseable {

    private final ConfigurationAdmin admin;
    private final List<Configuration> made = new ArrayList<>();

    Configurations(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    Configuration subcluster(String name) throws IOException {
        return subcluster(name, Map.of());
    }

    /** Makes it, or changes it to this. */
    Configuration subcluster(String name, Map<String, Object> options) throws IOException {
        Map<String, Object> properties = new HashMap<>(options);
        properties.putAll(Map.of("name", name, "sharedKey", "the key of " + name));
        return make("io.streamrelay.subcluster", name, properties);
    }

    Configuration bridge(String name, String subcluster, String... routes) throws IOException {
        return make("io.streamrelay.mqtt", name, bridgeProperties(subcluster, routes));
    }

    static Map<String, Object> bridgeProperties(String subcluster, String... routes) {
        return Map.of("broker", Broker.URL, "subcluster", subcluster, "routes", routes);
    }

    private Configuration make(String factory, String name, Map<String, Object> properties) throws IOException {
        Configuration configuration = admin.getFactoryConfiguration(factory, name, "?");
        update(configuration, properties);
        if (!made.contains(configuration)) {
            made.add(configuration);
        }
        return configuration;
    }

    static void update(Configuration configuration, Map<String, Object> properties) throws IOException {
        Dictionary<String, Object> dictionary = new Hashtable<>(properties);
        configuration.update(dictionary);
    }

    @Override
    public void close() throws IOException {
        for (Configuration configuration : made) {
            configuration.delete();
        }
        made.clear();
    }
}
