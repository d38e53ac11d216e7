// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.mqtt.broker.BrokerException.Kind;
import java.io.IOException;
import java.nio.file.Path;
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

    private final Custody custody;

    /** @param folder where messages of QoS 2 are kept that the broker has handed over; these links' own */
    public PahoLinks(Path folder) {
        custody = new Custody(folder);
    }

    @Override
    public BrokerLink open(BrokerOptions options, MqttVersion version, BrokerEvents events) throws BrokerException {
        try {
            custody.load();
        } catch (IOException e) {
            throw new BrokerException(Kind.UNREACHABLE, "messages of QoS 2 cannot be kept: " + e, e);
        }
        return version == MqttVersion.FIVE
                ? new PahoFiveLink(options, custody, events)
                : new PahoThreeLink(options, custody, events);
    }

    @Override
    public void userHasGone() {
        custody.takeAllBack();
    }

    /** The sockets that the URL asks for. */
    static SocketFactory sockets(BrokerOptions options) throws BrokerException {
        boolean secure = options.url().startsWith("ssl:") || options.url().startsWith("wss:");
        return secure ? new PromptTlsSockets(TlsSockets.trusting(options.tls())) : new PromptSockets();
    }
}
