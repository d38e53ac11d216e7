// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The form of a bridge's configuration; what the values may be is checked by {@link BridgeSettings}. */
@ObjectClassDefinition(
        id = BridgeName.PID,
        name = "Streamrelay MQTT bridge",
        icon = @Icon(resource = "OSGI-INF/icons/streamrelay.png", size = 32),
        description = "Carries messages between one subcluster and one MQTT broker.")
@interface MqttBridgeOptions {

    @AttributeDefinition(
            name = "Broker",
            description = "URL of the broker: tcp://host:port, ssl://host:port, ws://host:port or wss://host:port.")
    String broker() default "tcp://127.0.0.1:1883";

    @AttributeDefinition(name = "User name", description = "Empty for an anonymous client.", required = false)
    String username() default "";

    @AttributeDefinition(
            name = "Password",
            description = "The password, or file:/path, or env:NAME. Empty for none.",
            type = AttributeType.PASSWORD,
            required = false)
    String password() default "";

    @AttributeDefinition(
            name = "Client id",
            description = "Identifies the session that the broker keeps. Empty for one made of the peer id and the"
                    + " bridge's name. Up to 128 characters.",
            required = false)
    String clientId() default "";

    @AttributeDefinition(
            name = "MQTT version",
            description = "auto tries MQTT 5 and falls back to 3.1.1.",
            options = {
                @Option(label = "auto", value = "auto"),
                @Option(label = "5", value = "5"),
                @Option(label = "3.1.1", value = "3.1.1")
            })
    String mqttVersion() default "auto";

    @AttributeDefinition(
            name = "TLS: CA file",
            description = "PEM file of the certificates to trust with ssl:// and wss://. Empty for a trust store, or"
                    + " what Java trusts.",
            required = false)
    String tlsCaFile() default "";

    @AttributeDefinition(
            name = "TLS: trust store",
            description = "JKS or PKCS #12 file of the certificates to trust. Empty for none.",
            required = false)
    String tlsTrustStore() default "";

    @AttributeDefinition(
            name = "TLS: trust store password",
            description = "The password, or file:/path, or env:NAME. Empty for none.",
            type = AttributeType.PASSWORD,
            required = false)
    String tlsTrustStorePassword() default "";

    @AttributeDefinition(
            name = "TLS: verify host",
            description = "Whether the broker's certificate must name the host that is connected to.")
    boolean tlsVerifyHost() default true;

    @AttributeDefinition(name = "Subcluster", description = "The local name of the subcluster.")
    String subcluster();

    @AttributeDefinition(
            name = "Format",
            description = "envelope carries the whole message, signed by its sender; raw carries the payload alone, as"
                    + " JavaScript peers do.",
            options = {@Option(label = "envelope", value = "envelope"), @Option(label = "raw", value = "raw")})
    String format() default "envelope";

    @AttributeDefinition(
            name = "Routes",
            description = "One line for each: PATTERN out|in|both [QOS] [LOCAL_PREFIX [REMOTE_PREFIX]].",
            cardinality = 10,
            required = false)
    String[] routes() default {};

    @AttributeDefinition(
            name = "Status topic",
            description = "What the topic begins with that shows the gateway's state, retained, as JSON:"
                    + " STATUS/peer id/bridge. Empty for none.",
            required = false)
    String status() default BridgeSettings.DEFAULT_STATUS;
}
