// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.streamrelay.api.Id;
import io.streamrelay.api.Registration;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.config.SecretKeeper;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class MqttBridgeComponentTest {

    private static final int BUNDLE_STOPPED = 6;

    @TempDir
    Path folder;

    private final BlockingQueue<String> watched = new LinkedBlockingQueue<>();

    /** A node without subclusters that says which one is asked for. */
    private final SimRelay relay = new SimRelay(Id.ofHex("ab".repeat(32))) {
        @Override
        public Registration watch(String name, Consumer<Optional<Subcluster>> watcher) {
            watched.add(name);
            return super.watch(name, watcher);
        }
    };

    private Map.Entry<Map<String, Object>, StreamRelay> node() {
        return Map.entry(Map.of("dataDirectory", folder.toString()), relay);
    }

    /** A framework without properties. */
    private static BundleContext context() {
        return context(Map.of());
    }

    private static BundleContext context(Map<String, String> frameworkProperties) {
        ClassLoader loader = MqttBridgeComponentTest.class.getClassLoader();
        return (BundleContext) Proxy.newProxyInstance(
                loader, new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProperty" -> frameworkProperties.get(arguments[0]);
                    case "registerService" -> registration();
                    default -> null;
                });
    }

    private static ServiceRegistration<?> registration() {
        return (ServiceRegistration<?>) Proxy.newProxyInstance(
                MqttBridgeComponentTest.class.getClassLoader(),
                new Class<?>[] {ServiceRegistration.class},
                (proxy, method, arguments) -> null);
    }

    private static Map<String, Object> properties(String... keysAndValues) {
        Map<String, Object> properties = new HashMap<>(Map.of("service.pid", "io.streamrelay.mqtt~test"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }

    private MqttBridgeComponent component(BundleContext context, SecretKeeper keeper, Map<String, Object> properties) {
        return new MqttBridgeComponent(node(), context, properties, keeper);
    }

    private String nextWatched() throws InterruptedException {
        return watched.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void looksForItsSubclusterAndFollowsItsConfiguration() throws Exception {
        MqttBridgeComponent component = component(context(), null, properties("subcluster", "one"));
        assertEquals("one", nextWatched());
        component.modified(properties("subcluster", "two"));
        assertEquals("two", nextWatched());
        component.deactivate(BUNDLE_STOPPED);
    }

    @Test
    void keepsWhatItHasWhenTheNewConfigurationIsRefused() throws Exception {
        MqttBridgeComponent component = component(context(), null, properties("subcluster", "one"));
        component.modified(properties("subcluster", "two", "routes", "sideways"));
        component.modified(properties("subcluster", "three", "mqttVersion", "7"));
        component.modified(properties("subcluster", "four"));
        assertEquals(List.of("one", "four"), List.of(nextWatched(), nextWatched()));
        component.deactivate(BUNDLE_STOPPED);
    }

    @Test
    void startsWithAConfigurationThatIsRefusedAndWaitsForABetterOne() throws Exception {
        MqttBridgeComponent component = component(context(), null, properties());
        component.modified(properties("subcluster", "one"));
        assertEquals("one", nextWatched());
        component.deactivate(BUNDLE_STOPPED);
    }

    @Test
    void endsQuicklyWithoutABroker() {
        relay.open("one", new SimSubcluster("one", new SimMesh(new Simulation(1)).join("s", "n")));
        MqttBridgeComponent component =
                component(context(), null, properties("subcluster", "one", "broker", "tcp://127.0.0.1:1"));
        assertTimeout(Duration.ofSeconds(10), () -> component.deactivate(BUNDLE_STOPPED));
    }

    @Test
    void waitsWhereSecretsAreEncipheredForTheirKeeper() throws Exception {
        BundleContext kura = context(Map.of(SecretKeeper.CONTAINER_PROPERTY, "/opt/kura"));
        MqttBridgeComponent early = component(kura, null, properties("subcluster", "one", "password", "enciphered"));
        assertNull(watched.poll(200, TimeUnit.MILLISECONDS));
        early.deactivate(BUNDLE_STOPPED);

        List<String> asked = new CopyOnWriteArrayList<>();
        SecretKeeper keeper = kept -> {
            asked.add(kept);
            return "plain";
        };
        MqttBridgeComponent component =
                component(kura, keeper, properties("subcluster", "one", "password", "enciphered"));
        assertEquals("one", nextWatched());
        assertEquals(List.of("enciphered"), asked);
        component.deactivate(BUNDLE_STOPPED);
    }
}
