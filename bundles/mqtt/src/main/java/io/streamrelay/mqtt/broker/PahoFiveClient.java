// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * Paho's MQTT 5 client. It keeps each message of QoS 2 in memory until its packet identifier is used again, without ever
 * reading it. And its threads may still answer packets of a connection that has gone when it has forgotten what there
 * was to send. Such an answer would be the first on the next connection, where its sender then gives up before CONNECT.
 */
final class PahoFiveClient extends MqttAsyncClient {

    private final Map<?, ?> kept;
    private final AnswerGate answers;

    PahoFiveClient(BrokerOptions options, PahoFiveMemory memory, AnswerGate answers) throws MqttException {
        super(options.url(), options.clientId(), memory);
        this.kept = (Map<?, ?>) comms.getClientState().getDebug().get("inboundQoS2");
        this.answers = answers;
    }

    void forget(int packetId) {
        kept.remove(packetId);
    }

    void forgetAnswers() {
        ((List<?>) comms.getClientState().getDebug().get("pendingFlows")).clear();
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options) throws MqttException {
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
