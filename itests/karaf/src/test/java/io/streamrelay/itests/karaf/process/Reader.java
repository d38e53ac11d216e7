// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** An MQTT 3.1.1 client that subscribes with QoS 1 and keeps what comes, in order. */
public final class Reader implements AutoCloseable {

    private static final long ANSWER_MS_MAX = 60_000;

    private final MqttAsyncClient client;
    private final BlockingQueue<Reading> readings = new LinkedBlockingQueue<>();

    /** One message, and when it came by {@link System#nanoTime()}. */
    public record Reading(String topic, byte[] payload, boolean retained, long arrivedNs) {}

    public Reader(String brokerUrl, String topicFilter) throws MqttException {
        this(brokerUrl, topicFilter, "reader-" + UUID.randomUUID(), true);
    }

    /** With a session of that name, which the broker keeps unless it is to be clean. */
    public Reader(String brokerUrl, String topicFilter, String clientId, boolean cleanSession) throws MqttException {
        client = new MqttAsyncClient(brokerUrl, clientId, new MemoryPersistence());
        // Before it connects: what the broker has kept comes at once, and would be acknowledged unheard.
        client.setCallback(new Keeping());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(cleanSession);
        client.connect(options).waitForCompletion(ANSWER_MS_MAX);
        client.subscribe(topicFilter, 1).waitForCompletion(ANSWER_MS_MAX);
    }

    private final class Keeping implements MqttCallback {

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            readings.add(new Reading(topic, message.getPayload(), message.isRetained(), System.nanoTime()));
        }

        @Override
        public void connectionLost(Throwable cause) {}

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {}
    }

    /** How many have come and were not taken. */
    public int heard() {
        return readings.size();
    }

    /** Takes messages until there are that many or no further one has come for a time. */
    public List<Reading> take(int count, Duration patience) throws InterruptedException {
        List<Reading> taken = new ArrayList<>();
        while (taken.size() < count) {
            Reading next = readings.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                return taken;
            }
            taken.add(next);
        }
        return taken;
    }

    /** Everything that comes until nothing has come for that time. */
    public List<Reading> takeUntilQuiet(Duration quiet) throws InterruptedException {
        return take(Integer.MAX_VALUE, quiet);
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(1_000, 1_000);
        client.close();
    }
}
