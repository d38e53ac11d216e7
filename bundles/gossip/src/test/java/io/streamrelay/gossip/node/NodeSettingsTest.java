// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.NatType;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeSettingsTest {

    private static final Path FOLDER = Path.of("data", "streamrelay");

    @Test
    void hasADefaultForEverything() {
        assertEquals(NodeConfig.builder(FOLDER).build(), read(Map.of()));
    }

    @Test
    void readsEverySetting() {
        String peer = "ab".repeat(32) + "@192.0.2.7:19777";
        NodeConfig config = read(Map.ofEntries(
                Map.entry("dataDirectory", "elsewhere"),
                Map.entry("clusterId", "cd".repeat(32)),
                Map.entry("address", "127.0.0.1"),
                Map.entry("port", 1),
                Map.entry("probePort", "2"),
                Map.entry("peers", new String[] {"gateway.example:19777", peer}),
                Map.entry("indexed", true),
                Map.entry("nat", "port-restricted"),
                Map.entry("publicAddress", "192.0.2.1"),
                Map.entry("keepAliveSeconds", 25),
                Map.entry("storeMegabytes", 8),
                Map.entry("backlogMegabytes", 9),
                Map.entry("backlogKilobitsPerSecond", "64"),
                Map.entry("relayForeign", "false")));
        assertEquals(Path.of("elsewhere"), config.directory());
        assertEquals("cd".repeat(32), config.cluster().hex());
        assertEquals(List.of("gateway.example:19777", peer), config.peers());
        assertEquals(NatType.PORT_RESTRICTED, config.natType());
        assertEquals("192.0.2.1:1", config.publicAddress());
        assertEquals(25, config.keepAliveSeconds());
        assertEquals(8L << 20, config.engine(config.cluster()).carriedBytesMax());
        assertEquals(9L << 20, config.engine(config.cluster()).backlogBytesMax());
        assertEquals(64, config.engine(config.cluster()).backlogKilobitsPerSecond());
    }

    @Test
    void makesTheClusterIdFromItsName() {
        assertEquals(
                NodeConfig.clusterId("plant"), read(Map.of("cluster", "plant")).cluster());
    }

    @ParameterizedTest
    @CsvSource({
        "port, 65536",
        "port, http",
        "probePort, -1",
        "probePort, 19777",
        "address, localhost",
        "clusterId, abcd",
        "peers, 192.0.2.7",
        "peers, 192.0.2.7:0",
        "peers, abcd@192.0.2.7:1",
        "nat, symmetric",
        "publicAddress, gateway.example",
        "publicAddress, 192.0.2.7:",
        "keepAliveSeconds, 26",
        "storeMegabytes, 0",
        "backlogKilobitsPerSecond, -1",
        "backlogKilobitsPerSecond, 7",
        "backlogKilobitsPerSecond, 1000001",
        "backlogKilobitsPerSecond, fast",
        "relayForeign, yes"
    })
    void namesTheKeyAndTheValueThatItRefuses(String key, String value) {
        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> read(Map.of(key, value)));
        assertTrue(refusal.getMessage().startsWith(key + ": '" + value + "'"), refusal.getMessage());
    }

    private static NodeConfig read(Map<String, Object> settings) {
        return NodeConfig.from(new Settings(settings), FOLDER);
    }
}
