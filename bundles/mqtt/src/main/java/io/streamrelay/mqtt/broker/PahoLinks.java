// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

/** Links by the Eclipse Paho clients. */
public final class PahoLinks implements BrokerLinks {

    @Override
    public BrokerLink open(BrokerOptions options, MqttVersion version, BrokerEvents events) throws BrokerException {
        return version == MqttVersion.FIVE ? new PahoFiveLink(options, events) : new PahoThreeLink(options, events);
    }

    /** Whether an URL asks for TLS. */
    static boolean isSecure(String url) {
        return url.startsWith("ssl:") || url.startsWith("tls:") || url.startsWith("mqtts:") || url.startsWith("wss:");
    }
}
