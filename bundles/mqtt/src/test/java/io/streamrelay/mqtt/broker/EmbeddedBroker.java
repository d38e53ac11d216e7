// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** An Artemis in memory, on a free port of the loopback interface, that speaks MQTT 3.1.1 and 5. */
public final class EmbeddedBroker implements AutoCloseable {

    private final int port;
    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();

    public EmbeddedBroker() throws Exception {
        this("");
    }

    /** @param transport further parameters of the acceptor, each after a semicolon */
    EmbeddedBroker(String transport) throws Exception {
        port = FreePort.find();
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setPersistenceEnabled(false);
        configuration.setSecurityEnabled(false);
        configuration.setMaxDiskUsage(-1);
        configuration.addAcceptorConfiguration(
                "mqtt", "tcp://127.0.0.1:" + port + "?protocols=MQTT;useEpoll=false" + transport);
        configuration.setMqttSessionScanInterval(500);
        server.setConfiguration(configuration);
        server.start();
    }

    public int port() {
        return port;
    }

    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
