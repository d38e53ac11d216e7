// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;

/**
 * Paho's MQTT 3.1.1 client. It keeps each message of QoS 2 in memory until its PUBREL. And its threads may still answer
 * packets of a connection that has gone when it has forgotten what there was to send. Such an answer would be the first
 * on the next connection, where its sender then gives up before CONNECT.
 */
final class PahoThreeClient extends MqttAsyncClient {

    private final AnswerGate answers;

    PahoThreeClient(BrokerOptions options, PahoThreeMemory memory, AnswerGate answers) throws MqttException {
        super(options.url(), options.clientId(), memory);
        this.answers = answers;
    }

    void forget(int packetId) {
        ((Map<?, ?>) comms.getClientState().getDebug().get("inboundQoS2")).remove(packetId);
    }

    void forgetAnswers() {
        ((List<?>) comms.getClientState().getDebug().get("pendingFlows")).clear();
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions options) throws MqttException {
        return Stream.of(super.createNetworkModules(address, options))
                .map(Guarded::new)
                .toArray(NetworkModule[]::new);
    }

    private final class Guarded implements NetworkModule {

        private final NetworkModule network;

        Guarded(NetworkModule network) {
            this.network = network;
        }

        @Override
        public void start() throws IOException, MqttException {
            network.start();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return network.getInputStream();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return answers.guard(network.getOutputStream());
        }

        @Override
        public void stop() throws IOException {
            network.stop();
        }

        @Override
        public String getServerURI() {
            return network.getServerURI();
        }
    }
}
