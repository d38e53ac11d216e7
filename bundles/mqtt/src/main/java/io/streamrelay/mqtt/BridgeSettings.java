// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Secrets;
import io.streamrelay.api.config.Settings;
import io.streamrelay.mqtt.broker.MqttVersion;
import io.streamrelay.mqtt.broker.TlsOptions;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * What one bridge is configured to do.
 *
 * @param broker the URL of the broker
 * @param username empty for none
 * @param password empty for none; never shown
 * @param clientId empty for the default, which depends on the node
 * @param tls how the broker's certificate is checked
 * @param version the version to speak; empty to try 5, then 3.1.1
 * @param subcluster the local name of the subcluster
 * @param routes what is carried which way
 * @param status what the topic of the gateway's status begins with; empty for none
 */
record BridgeSettings(
        String broker,
        String username,
        String password,
        String clientId,
        TlsOptions tls,
        Optional<MqttVersion> version,
        String subcluster,
        Routes routes,
        String status) {

    /** Where the status is when nothing else is said. */
    static final String DEFAULT_STATUS = Route.RESERVED + "status";

    /** MQTT's own. */
    static final int DEFAULT_BROKER_PORT = 1883;

    private static final Set<String> SCHEMES = Set.of("tcp", "ssl", "ws", "wss");
    /** MQTT 3.1.1 lets a broker refuse what is longer than 23 characters, but all that we know take far more. */
    private static final int CLIENT_ID_CHARS_MAX = 128;
    /** A guess. */
    private static final int STATUS_CHARS_MAX = 256;

    /** @throws ConfigurationException naming the key, the value and what is allowed */
    static BridgeSettings of(Settings settings) {
        Format format =
                settings.oneOf("format", "envelope", "envelope", "raw").equals("raw") ? Format.RAW : Format.ENVELOPE;
        return new BridgeSettings(
                broker(settings.text("broker", broker(DEFAULT_BROKER_PORT))),
                settings.text("username", ""),
                Secrets.reveal("password", settings.text("password", "")),
                clientId(settings.text("clientId", "")),
                tls(settings),
                version(settings),
                settings.requiredText("subcluster"),
                Routes.parse("routes", settings.list("routes"), format),
                status(settings.text("status", DEFAULT_STATUS)));
    }

    /** The URL of a broker of this host. */
    static String broker(int port) {
        return "tcp://127.0.0.1:" + port;
    }

    private static String broker(String url) {
        try {
            URI uri = URI.create(url);
            boolean hasPath = uri.getPath() != null && !uri.getPath().isEmpty();
            boolean web = "ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
            if (uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && (web || !hasPath)) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the one message for all mistakes.
        }
        throw new ConfigurationException(
                "broker", url, "tcp://host:port, ssl://host:port, ws://host:port/path and wss://host:port/path are");
    }

    private static String clientId(String clientId) {
        if (clientId.length() > CLIENT_ID_CHARS_MAX || clientId.indexOf('\0') >= 0) {
            throw new ConfigurationException("clientId", clientId, "up to " + CLIENT_ID_CHARS_MAX + " characters are");
        }
        return clientId;
    }

    private static String status(String prefix) {
        if (prefix.chars().anyMatch(c -> c < ' ' || c == '+' || c == '#')
                || prefix.startsWith("$")
                || prefix.endsWith("/")
                || prefix.length() > STATUS_CHARS_MAX) {
            throw new ConfigurationException(
                    "status",
                    prefix,
                    "a topic of up to " + STATUS_CHARS_MAX + " characters, without + and #, that neither begins with $"
                            + " nor ends with /, or none is");
        }
        return prefix;
    }

    private static TlsOptions tls(Settings settings) {
        String caFile = settings.text("tlsCaFile", "");
        String trustStore = settings.text("tlsTrustStore", "");
        if (!caFile.isEmpty() && !trustStore.isEmpty()) {
            throw new ConfigurationException(
                    "tlsTrustStore", trustStore, "either this or tlsCaFile may be set, not both");
        }
        return new TlsOptions(
                caFile,
                trustStore,
                Secrets.reveal("tlsTrustStorePassword", settings.text("tlsTrustStorePassword", "")),
                settings.flag("tlsVerifyHost", true));
    }

    private static Optional<MqttVersion> version(Settings settings) {
        String word =
                settings.oneOf("mqttVersion", "auto", "auto", MqttVersion.FIVE.label(), MqttVersion.THREE.label());
        return switch (word) {
            case "5" -> Optional.of(MqttVersion.FIVE);
            case "3.1.1" -> Optional.of(MqttVersion.THREE);
            default -> Optional.empty();
        };
    }

    /** Whether only the routes differ, which takes no new connection. */
    boolean differsInRoutesAlone(BridgeSettings other) {
        return withRoutes(other.routes).equals(other) && routes.format() == other.routes.format();
    }

    /** Whether the broker would know the same session again. */
    boolean keepsSessionOf(BridgeSettings other) {
        return broker.equals(other.broker) && clientId.equals(other.clientId) && username.equals(other.username);
    }

    private BridgeSettings withRoutes(Routes others) {
        return new BridgeSettings(broker, username, password, clientId, tls, version, subcluster, others, status);
    }

    @Override
    public String toString() {
        return "BridgeSettings[" + broker + ", " + subcluster + ", " + routes + "]";
    }
}
