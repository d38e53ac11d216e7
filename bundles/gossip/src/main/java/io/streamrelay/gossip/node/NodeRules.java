// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.gossip.engine.EngineConfig;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is allowed in a {@link NodeConfig}; each refusal names the key, the value and what is allowed. */
final class NodeRules {

    static final int PORT_MAX = 65_535;

    static final int KEEP_ALIVE_SECONDS_MAX = 25;

    static final int MEGABYTES_MAX = 1 << 20;

    private static final Pattern PEER = Pattern.compile("(?:([0-9a-fA-F]{64})@)?([A-Za-z0-9._-]{1,253}):(\\d{1,5})");

    private NodeRules() {}

    static void number(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new ConfigurationException(key, value, "a whole number from " + min + " to " + max + " is");
        }
    }

    static void backlogRate(int kilobitsPerSecond) {
        if (!EngineConfig.isBacklogRate(kilobitsPerSecond)) {
            throw noBacklogRate(kilobitsPerSecond);
        }
    }

    static ConfigurationException noBacklogRate(Object value) {
        return new ConfigurationException(
                "backlogKilobitsPerSecond",
                value,
                "0, or a whole number from " + EngineConfig.BACKLOG_KILOBITS_MIN + " to "
                        + EngineConfig.BACKLOG_KILOBITS_MAX + ", is");
    }

    static void otherPort(int port, int probePort) {
        if (port != 0 && port == probePort) {
            throw new ConfigurationException("probePort", probePort, "another port than 'port', or 0, is");
        }
    }

    static void address(String text) {
        if (!Endpoint.isLiteral(text)) {
            throw new ConfigurationException("address", text, "an IPv4 address of this host, or 0.0.0.0 for all, is");
        }
    }

    static void peers(List<String> peers) {
        for (String peer : peers) {
            Matcher matcher = PEER.matcher(peer);
            if (!matcher.matches() || !isPort(matcher.group(3))) {
                throw new ConfigurationException(
                        "peers", peer, "host:port or peerId@host:port is (a peerId has 64 hex digits)");
            }
        }
    }

    /** The address with its port, which is {@code port} when it names none; null stays null. */
    static String publicAddress(String text, int port) {
        if (text == null) {
            return null;
        }
        int colon = text.indexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String number = colon < 0 ? Integer.toString(port) : text.substring(colon + 1);
        if (!Endpoint.isLiteral(host) || !isPort(number)) {
            throw new ConfigurationException(
                    "publicAddress",
                    text,
                    "an IPv4 address and port as in 192.0.2.7:19777 is, or the address alone when 'port' is not 0");
        }
        return host + ":" + number;
    }

    private static boolean isPort(String digits) {
        return digits.matches("\\d{1,5}") && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= PORT_MAX;
    }
}
