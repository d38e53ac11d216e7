// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import io.streamrelay.itests.karaf.process.Payloads;
import io.streamrelay.itests.network.field.Publisher.Sent;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** An MQTT 5 client that subscribes with QoS 1 and keeps what comes with its user properties, in order. */
final class PropertyReader implements AutoCloseable {

    private static final long ANSWER_MS_MAX = 60_000;

    private final MqttAsyncClient client;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    /**
     * One message of a {@link Publisher}.
     *
     * @param age since it was published
     */
    record Arrival(Sent sent, Duration age, long arrivedMs, List<UserProperty> properties) {

        /** The values of a user property. */
        List<String> values(String name) {
            return properties.stream()
                    .filter(property -> property.getKey().equals(name))
                    .map(UserProperty::getValue)
                    .toList();
        }

        long publishedMs() {
            return arrivedMs - age.toMillis();
        }
    }

    PropertyReader(String brokerUrl, String topicFilter) throws MqttException {
        client = new MqttAsyncClient(brokerUrl, "reader-" + UUID.randomUUID(), new MemoryPersistence());
        client.setCallback(new Keeping());
        client.connect(new MqttConnectionOptions()).waitForCompletion(ANSWER_MS_MAX);
        client.subscribe(topicFilter, 1).waitForCompletion(ANSWER_MS_MAX);
    }

    private final class Keeping implements MqttCallback {

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            byte[] payload = message.getPayload();
            arrivals.add(new Arrival(
                    new Sent(Payloads.number(payload), topic),
                    Duration.ofNanos(System.nanoTime() - Publisher.publishedNs(payload)),
                    System.currentTimeMillis(),
                    message.getProperties().getUserProperties()));
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException failure) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnected, String brokerUrl) {}

        @Override
        public void authPacketArrived(int reason, MqttProperties properties) {}
    }

    /** Takes the next one; null when none comes for a time. */
    Arrival next(Duration patience) throws InterruptedException {
        return arrivals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(1_000, 1_000, false);
        client.close();
    }
}
