// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.config.ConfigurationException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NodeConfigTest {

    @Test
    void completesAPublicAddressWithItsPort() {
        assertEquals(
                "192.0.2.7:4000",
                builder().port(4_000).publicAddress("192.0.2.7").build().publicAddress());
        assertEquals(
                "192.0.2.7:5000",
                builder().port(4_000).publicAddress("192.0.2.7:5000").build().publicAddress());
    }

    @Test
    void namesTheKeyAndTheValueThatItRefuses() {
        assertRefused("peers: 'localhost'", builder().peers("localhost"));
        assertRefused("publicAddress: '192.0.2.7'", builder().port(0).publicAddress("192.0.2.7"));
        assertRefused("publicAddress: 'gateway.example:1'", builder().publicAddress("gateway.example:1"));
        assertRefused("address: 'localhost'", builder().address("localhost"));
        assertRefused("port: '65536'", builder().port(65_536));
        assertRefused("probePort: '19777'", builder().probePort(NodeConfig.DEFAULT_PORT));
        assertRefused("keepAliveSeconds: '26'", builder().keepAliveSeconds(26));
        assertRefused("storeMegabytes: '0'", builder().storeMegabytes(0));
        assertRefused("backlogMegabytes: '1048577'", builder().backlogMegabytes(1_048_577));
        assertRefused(
                "backlogKilobitsPerSecond: '7' is not allowed; 0, or a whole number from 8 to 1000000, is",
                builder().backlogKilobitsPerSecond(7));
        assertRefused("backlogKilobitsPerSecond: '1000001'", builder().backlogKilobitsPerSecond(1_000_001));
    }

    private static void assertRefused(String start, NodeConfigBuilder builder) {
        ConfigurationException refusal = assertThrows(ConfigurationException.class, builder::build);
        assertTrue(refusal.getMessage().startsWith(start), refusal.getMessage());
    }

    private static NodeConfigBuilder builder() {
        return NodeConfig.builder(Path.of("data"));
    }
}
