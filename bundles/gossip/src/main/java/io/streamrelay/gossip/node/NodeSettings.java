// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Reads and checks the settings of the PID io.streamrelay.node. */
final class NodeSettings {

    private NodeSettings() {}

    static NodeConfig read(Settings settings, Path defaultDirectory) {
        return NodeConfig.builder(directory(settings, defaultDirectory))
                .cluster(cluster(settings))
                .address(settings.text("address", "0.0.0.0"))
                .port(settings.integer("port", NodeConfig.DEFAULT_PORT, 0, NodeRules.PORT_MAX))
                .probePort(settings.integer("probePort", 0, 0, NodeRules.PORT_MAX))
                .peers(settings.list("peers"))
                .indexed(settings.flag("indexed", false))
                .natType(natType(settings))
                .publicAddress(settings.text("publicAddress", null))
                .lanDiscovery(settings.flag("lanDiscovery", true))
                .keepAliveSeconds(settings.integer("keepAliveSeconds", 15, 1, NodeRules.KEEP_ALIVE_SECONDS_MAX))
                .storeMegabytes(settings.integer("storeMegabytes", 16, 1, NodeRules.MEGABYTES_MAX))
                .backlogMegabytes(settings.integer("backlogMegabytes", 256, 1, NodeRules.MEGABYTES_MAX))
                .backlogKilobitsPerSecond(backlogRate(settings))
                .relayForeign(settings.flag("relayForeign", true))
                .build();
    }

    private static int backlogRate(Settings settings) {
        String text = settings.text("backlogKilobitsPerSecond", "0");
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw NodeRules.noBacklogRate(text);
        }
    }

    private static Path directory(Settings settings, Path defaultDirectory) {
        String text = settings.text("dataDirectory", null);
        try {
            return text == null ? defaultDirectory : Path.of(text);
        } catch (InvalidPathException e) {
            throw new ConfigurationException("dataDirectory", text, "the path of a folder is");
        }
    }

    private static Id cluster(Settings settings) {
        String hex = settings.text("clusterId", null);
        if (hex == null) {
            return NodeConfig.clusterId(settings.text("cluster", NodeConfig.DEFAULT_CLUSTER));
        }
        try {
            return Id.ofHex(hex);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("clusterId", hex, "64 hex digits are");
        }
    }

    private static NatType natType(Settings settings) {
        String word = settings.oneOf(
                "nat", "auto", "auto", "unrestricted", "address-restricted", "port-restricted", "endpoint-restricted");
        return word.equals("auto")
                ? NatType.UNKNOWN
                : NatType.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
