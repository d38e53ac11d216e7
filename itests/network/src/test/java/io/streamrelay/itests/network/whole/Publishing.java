// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamrelay.itests.karaf.process.Payloads;
import io.streamrelay.itests.network.process.CommandLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A client that publishes numbered messages with QoS 1 in the background, one batch after the other. */
final class Publishing {

    /** How many wait for the broker's acknowledgement; who would pass that waits, and is late. */
    static final int IN_FLIGHT_MAX = 500;

    private static final long ANSWER_SECONDS_MAX = 60;
    private static final double NS_PER_SECOND = 1e9;

    private final MqttAsyncClient client;
    private final Semaphore window = new Semaphore(IN_FLIGHT_MAX);
    private volatile Batch batch;

    Publishing(String brokerUrl) throws MqttException {
        client = new MqttAsyncClient(brokerUrl, "talker", new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        // Paho counts some that have been answered.
        options.setMaxInflight(2 * IN_FLIGHT_MAX);
        client.connect(options).waitForCompletion(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS_MAX));
    }

    /** Begins the next batch. */
    void start(JsonNode options) {
        batch = new Batch(options);
        Thread thread = new Thread(batch, "publishing");
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether all of the batch is acknowledged, and then when each was published by {@link System#nanoTime()}. */
    ObjectNode state() throws IOException {
        return batch.state();
    }

    private final class Batch implements Runnable {

        private final String topic;
        private final int first;
        private final List<byte[]> payloads;
        private final double periodNs;
        private final long[] publishedNs;
        private final IMqttActionListener answers = new Answers();
        private volatile boolean done;
        private volatile Exception failure;

        Batch(JsonNode options) {
            topic = options.get("topic").asText();
            first = options.get("first").asInt();
            payloads = Payloads.numbered(
                    options.get("count").asInt(), options.get("bytes").asInt(), first);
            publishedNs = new long[payloads.size()];
            int perSecond = options.get("perSecond").asInt();
            periodNs = perSecond == 0 ? 0 : NS_PER_SECOND / perSecond;
        }

        @Override
        public void run() {
            try {
                long beganNs = System.nanoTime();
                for (int i = 0; i < publishedNs.length; i++) {
                    passUntil(beganNs + (long) (i * periodNs));
                    acquire(1);
                    publish(i);
                }
                acquire(IN_FLIGHT_MAX);
                window.release(IN_FLIGHT_MAX);
            } catch (IOException | MqttException | InterruptedException | RuntimeException e) {
                failure = e;
            }
            done = true;
        }

        private void passUntil(long dueNs) {
            for (long earlyNs = dueNs - System.nanoTime(); earlyNs > 0; earlyNs = dueNs - System.nanoTime()) {
                LockSupport.parkNanos(earlyNs);
            }
        }

        private void acquire(int permits) throws IOException, InterruptedException {
            if (!window.tryAcquire(permits, ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IOException("the broker has acknowledged nothing for " + ANSWER_SECONDS_MAX + " s");
            }
        }

        private void publish(int index) throws MqttException {
            byte[] payload = payloads.get(index);
            ByteBuffer.wrap(payload).putInt(first + index);
            publishedNs[index] = System.nanoTime();
            client.publish(topic, payload, 1, false, null, answers);
        }

        private ObjectNode state() throws IOException {
            ObjectNode state = CommandLoop.line().put("done", done);
            if (failure != null) {
                throw new IOException("publishing to " + topic + " failed: " + failure, failure);
            }
            if (done) {
                ArrayNode times = state.putArray("publishedNs");
                for (long time : publishedNs) {
                    times.add(time);
                }
            }
            return state;
        }

        private final class Answers implements IMqttActionListener {

            @Override
            public void onSuccess(IMqttToken token) {
                window.release();
            }

            @Override
            public void onFailure(IMqttToken token, Throwable cause) {
                failure = new IOException(cause);
                window.release();
            }
        }
    }
}
