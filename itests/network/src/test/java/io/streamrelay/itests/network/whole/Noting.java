// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamrelay.itests.karaf.process.Payloads;
import io.streamrelay.itests.network.process.CommandLoop;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A client that subscribes with QoS 1, in a session that the broker keeps, and notes which numbers come, and when. */
final class Noting implements MqttCallback {

    private static final long ANSWER_MS_MAX = TimeUnit.SECONDS.toMillis(60);

    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private volatile Throwable lost;

    private record Arrival(int number, long ns) {}

    Noting(String brokerUrl, String topic) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(brokerUrl, "listener", new MemoryPersistence());
        client.setCallback(this);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(false);
        client.connect(options).waitForCompletion(ANSWER_MS_MAX);
        client.subscribe(topic, 1).waitForCompletion(ANSWER_MS_MAX);
    }

    /** What has come since this was asked last. */
    ObjectNode take() throws IOException {
        if (lost != null) {
            throw new IOException("the listener has lost its broker: " + lost, lost);
        }
        ObjectNode taken = CommandLoop.line();
        ArrayNode numbers = taken.putArray("numbers");
        ArrayNode arrivedNs = taken.putArray("arrivedNs");
        for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
            numbers.add(next.number());
            arrivedNs.add(next.ns());
        }
        return taken;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        arrivals.add(new Arrival(Payloads.number(message.getPayload()), System.nanoTime()));
    }

    @Override
    public void connectionLost(Throwable cause) {
        lost = cause;
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
}
