// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BridgeNameTest {

    @ParameterizedTest
    @CsvSource({
        "service.pid, io.streamrelay.mqtt~demo, demo",
        "service.pid, io.streamrelay.mqtt.demo, demo",
        "service.pid, io.streamrelay.mqtt, default",
        "service.pid, io.streamrelay.mqtt.9b3d7c1e-5f3c, 9b3d7c1e-5f3c",
        "felix.fileinstall.filename, file:/opt/karaf/etc/io.streamrelay.mqtt-demo.cfg, demo",
        "felix.fileinstall.filename, file:/opt/karaf/etc/io.streamrelay.mqtt-two.parts.config, two.parts",
        "kura.service.pid, plant, plant",
        "kura.service.pid, io.streamrelay.mqtt-plant, plant",
        "service.pid, io.streamrelay.mqtt~a/b #1, a_b__1",
    })
    void isTheInstancesName(String key, String value, String name) {
        assertEquals(name, BridgeName.of(Map.of(key, value)));
    }

    @Test
    void prefersTheFileWhichKeepsItsNameOverRestarts() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("service.pid", "io.streamrelay.mqtt.5d1e0c0a-random");
        properties.put("felix.fileinstall.filename", "file:/etc/io.streamrelay.mqtt-demo.cfg");
        assertEquals("demo", BridgeName.of(properties));
    }

    @Test
    void fallsBackToDefault() {
        assertEquals("default", BridgeName.of(Map.of()));
    }
}
