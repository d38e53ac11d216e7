// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and checks the settings of the PID io.streamrelay.node. */
final class NodeSettings {

    private static final Pattern PEER = Pattern.compile("(?:([0-9a-fA-F]{64})@)?([A-Za-z0-9._-]{1,253}):(\\d{1,5})");

    private static final int MEGABYTES_MAX = 1 << 20;

    private NodeSettings() {}

    static NodeConfig read(Settings settings, Path defaultDirectory) {
        int port = settings.integer("port", NodeConfig.DEFAULT_PORT, 0, 65_535);
        NodeConfigBuilder builder = NodeConfig.builder(directory(settings, defaultDirectory))
                .cluster(cluster(settings))
                .address(address(settings))
                .port(port)
                .probePort(settings.integer("probePort", 0, 0, 65_535))
                .peers(peers(settings))
                .indexed(settings.flag("indexed", false))
                .natType(natType(settings))
                .publicAddress(publicAddress(settings, port))
                .keepAliveSeconds(settings.integer("keepAliveSeconds", 12, 1, 25))
                .storeMegabytes(settings.integer("storeMegabytes", 16, 1, MEGABYTES_MAX))
                .backlogMegabytes(settings.integer("backlogMegabytes", 256, 1, MEGABYTES_MAX))
                .relayForeign(settings.flag("relayForeign", true));
        NodeConfig config = builder.build();
        if (config.port() != 0 && config.port() == config.probePort()) {
            throw new ConfigurationException("probePort", config.probePort(), "another port than 'port', or 0, is");
        }
        return config;
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

    private static String address(Settings settings) {
        String text = settings.text("address", "0.0.0.0");
        if (!Endpoint.isLiteral(text)) {
            throw new ConfigurationException("address", text, "an IPv4 address of this host, or 0.0.0.0 for all, is");
        }
        return text;
    }

    private static List<String> peers(Settings settings) {
        List<String> peers = settings.list("peers");
        for (String peer : peers) {
            Matcher matcher = PEER.matcher(peer);
            if (!matcher.matches() || !isPort(matcher.group(3))) {
                throw new ConfigurationException(
                        "peers", peer, "host:port or peerId@host:port is (a peerId has 64 hex digits)");
            }
        }
        return peers;
    }

    private static NatType natType(Settings settings) {
        String word = settings.oneOf(
                "nat", "auto", "auto", "unrestricted", "address-restricted", "port-restricted", "endpoint-restricted");
        return word.equals("auto")
                ? NatType.UNKNOWN
                : NatType.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static String publicAddress(Settings settings, int port) {
        String text = settings.text("publicAddress", null);
        if (text == null) {
            return null;
        }
        int colon = text.indexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String number = colon < 0 ? Integer.toString(port) : text.substring(colon + 1);
        if (!Endpoint.isLiteral(host) || !isPort(number)) {
            throw new ConfigurationException(
                    "publicAddress", text, "an IPv4 address, or an IPv4 address and port as in 192.0.2.7:19777, is");
        }
        return host + ":" + number;
    }

    private static boolean isPort(String digits) {
        return digits.matches("\\d{1,5}") && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= 65_535;
    }
}
