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

    private final Host host;
    private final GatewayHome home;
    private final String brokerUrl;
    private GatewayProcess process;

    private WholeGateway(Host host, GatewayHome home, String brokerUrl) {
        this.host = host;
        this.home = home;
        this.brokerUrl = brokerUrl;
    }

    /** Starts one with the default configuration and returns at once. */
    public static WholeGateway start(Host host, GatewayHome home) throws IOException {
        WholeGateway gateway = new WholeGateway(host, home, "tcp://127.0.0.1:" + host.doorTo(MQTT_PORT));
        gateway.start();
        return gateway;
    }

    /** Starts it again after it was killed, and returns at once. */
    public void start() throws IOException {
        process = GatewayProcess.startBy(host.entering(), home, 0);
    }

    /** Ends it with SIGKILL, and its broker with it. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    public Host host() {
        return host;
    }

    public long pid() {
        return process.pid();
    }

    /** Where this JVM's MQTT clients reach its broker. */
    public String brokerUrl() {
        return brokerUrl;
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
