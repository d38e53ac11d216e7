// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Links by the Eclipse Paho clients. */
public final class PahoLinks implements BrokerLinks {

    /** Paho writes a stack trace for each connection that breaks, which the bridge says in one line. */
    private static final Logger PAHO = Logger.getLogger("org.eclipse.paho.mqttv5.client.internal");

    static {
        PAHO.setLevel(Level.OFF);
    }

    @Override
    public BrokerLink open(BrokerOptions options, MqttVersion version, BrokerEvents events) throws BrokerException {
        return version == MqttVersion.FIVE ? new PahoFiveLink(options, events) : new PahoThreeLink(options, events);
    }

    /** Whether an URL asks for TLS. */
    static boolean isSecure(String url) {
        return url.startsWith("ssl:") || url.startsWith("tls:") || url.startsWith("mqtts:") || url.startsWith("wss:");
    }
}
