// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Settings;
import io.streamrelay.mqtt.broker.MqttVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeSettingsTest {

    private static BridgeSettings settings(Object... keysAndValues) {
        Map<String, Object> properties = new HashMap<>(Map.of("subcluster", "demo"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return BridgeSettings.of(new Settings(properties));
    }

    @Test
    void hasDefaultsForAllButTheSubcluster() {
        BridgeSettings settings = settings();
        assertEquals("tcp://127.0.0.1:1883", settings.broker());
        assertEquals(Optional.empty(), settings.version());
        assertEquals(Format.ENVELOPE, settings.routes().format());
        assertTrue(settings.tls().verifyHost());
        assertThrows(ConfigurationException.class, () -> BridgeSettings.of(new Settings(Map.of())));
    }

    @Test
    void readsRoutesFromAnArrayOrAText() {
        assertEquals(
                2,
                settings("routes", new String[] {"a both", "b out"})
                        .routes()
                        .list()
                        .size());
        assertEquals(2, settings("routes", "a both, b out").routes().list().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:1883",
                "mqtt://host",
                "tcp://",
                "tcp://host/path",
                "tcp://user:secret@host",
                "tcp://a b"
            })
    void refusesWhatIsNoBroker(String broker) {
        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> settings("broker", broker));
        assertTrue(refusal.getMessage().startsWith("broker: "), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tcp://host", "tcp://[::1]:1883", "ssl://host:8883", "ws://host/mqtt", "wss://host:443/mqtt"})
    void acceptsBrokers(String broker) {
        assertEquals(broker, settings("broker", broker).broker());
    }

    @ParameterizedTest
    @CsvSource({"format, json", "mqttVersion, 4", "tlsVerifyHost, maybe", "routes, sideways"})
    void namesTheKeyAndTheValueItRefuses(String key, String value) {
        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> settings(key, value));
        assertTrue(refusal.getMessage().startsWith(key + ": '" + value), refusal.getMessage());
    }

    @Test
    void limitsTheClientId() {
        assertEquals(128, settings("clientId", "x".repeat(128)).clientId().length());
        assertThrows(ConfigurationException.class, () -> settings("clientId", "x".repeat(129)));
    }

    @Test
    void refusesTwoPlacesOfTrust() {
        assertThrows(ConfigurationException.class, () -> settings("tlsCaFile", "/a", "tlsTrustStore", "/b"));
    }

    @Test
    void readsTheVersion() {
        assertEquals(
                Optional.of(MqttVersion.THREE), settings("mqttVersion", "3.1.1").version());
        assertEquals(Optional.of(MqttVersion.FIVE), settings("mqttVersion", "5").version());
    }

    @Test
    void neverShowsPasswords() {
        String text = settings("password", "hunter2", "tlsTrustStorePassword", "hunter2")
                .toString();
        assertFalse(text.contains("hunter2"), text);
    }

    @Test
    void tellsRoutesFromWhatTakesANewConnection() {
        BridgeSettings one = settings("routes", "a both");
        assertTrue(one.differsInRoutesAlone(settings("routes", "b both")));
        assertFalse(one.differsInRoutesAlone(settings("routes", "a both", "format", "raw")));
        assertFalse(one.differsInRoutesAlone(settings("routes", "a both", "username", "u")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/#", "a/+/b", "$SYS/x", "a/"})
    void refusesAStatusTopicThatCannotBePublishedTo(String prefix) {
        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> settings("status", prefix));
        assertTrue(refusal.getMessage().contains("status"));
        assertTrue(refusal.getMessage().contains(prefix));
    }
}
