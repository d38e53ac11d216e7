// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.SocketFactory;

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

    /** The sockets that the URL asks for. */
    static SocketFactory sockets(BrokerOptions options) throws BrokerException {
        boolean secure = options.url().startsWith("ssl:") || options.url().startsWith("wss:");
        return secure ? new PromptTlsSockets(TlsSockets.trusting(options.tls())) : new PromptSockets();
    }
}
