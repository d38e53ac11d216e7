// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.process;

import io.streamrelay.itests.karaf.process.GatewayHome;
import io.streamrelay.itests.karaf.process.GatewayProcess;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.karaf.process.Sensor;
import io.streamrelay.itests.network.lab.Host;
import java.io.IOException;
import org.eclipse.paho.client.mqttv3.MqttException;

/** A gateway as the launcher starts it, with its own broker, on a host of a lab. */
public final class WholeGateway implements AutoCloseable {

    private static final int MQTT_PORT = 1_883;

    private final GatewayProcess process;
    private final String brokerUrl;

    private WholeGateway(GatewayProcess process, String brokerUrl) {
        this.process = process;
        this.brokerUrl = brokerUrl;
    }

    /** Starts one with the default configuration and returns at once. */
    public static WholeGateway start(Host host, GatewayHome home) throws IOException {
        GatewayProcess process = GatewayProcess.startBy(host.entering(), home, 0);
        return new WholeGateway(process, "tcp://127.0.0.1:" + host.doorTo(MQTT_PORT));
    }

    /** Waits for its ready line. */
    public void awaitReady() throws InterruptedException {
        process.awaitReady();
    }

    /** A client of its broker that publishes. */
    public Sensor sensor() throws MqttException {
        return new Sensor(brokerUrl);
    }

    /** A client of its broker that listens. */
    public Reader reader(String topicFilter) throws MqttException {
        return new Reader(brokerUrl, topicFilter);
    }

    @Override
    public void close() {
        process.close();
    }
}
