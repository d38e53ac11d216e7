// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** An MQTT 3.1.1 client that publishes with QoS 1, or 2 where it says so. */
public final class Sensor implements AutoCloseable {

    private static final long ANSWER_MS_MAX = 60_000;

    /** How many of a burst are on their way at a time. */
    private static final int IN_FLIGHT_MAX = 500;

    /** What the client takes before it refuses: at 1,000 a second a broker whose disk stalls for 10 s. */
    private static final int UNANSWERED_MAX = 10_000;

    private final MqttAsyncClient client;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    public Sensor(String brokerUrl) throws MqttException {
        client = new MqttAsyncClient(brokerUrl, "sensor-" + UUID.randomUUID(), new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMaxInflight(UNANSWERED_MAX);
        client.connect(options).waitForCompletion(ANSWER_MS_MAX);
    }

    /** Publishes and waits for the broker's acknowledgement. */
    public void publish(String topic, byte[] payload, boolean retained) throws MqttException {
        client.publish(topic, payload, 1, retained).waitForCompletion(ANSWER_MS_MAX);
    }

    /** Publishes with QoS 2 and waits until the broker has it for good. */
    public void publishOnce(String topic, byte[] payload) throws MqttException {
        client.publish(topic, payload, 2, false).waitForCompletion(ANSWER_MS_MAX);
    }

    /** Publishes as fast as the broker takes it, with many acknowledgements outstanding. */
    public void publishBurst(String topic, List<byte[]> payloads) throws MqttException, InterruptedException {
        Semaphore window = new Semaphore(IN_FLIGHT_MAX);
        for (byte[] payload : payloads) {
            window.acquire();
            client.publish(topic, payload, 1, false, null, releasing(window));
        }
        window.acquire(IN_FLIGHT_MAX);
    }

    /**
     * Publishes at a steady pace; done when the broker has been given the last one, with the time of each by
     * {@link System#nanoTime()}.
     */
    public CompletableFuture<long[]> publishAll(String topic, List<byte[]> payloads, int perSecond) {
        CompletableFuture<long[]> done = new CompletableFuture<>();
        long[] publishedNs = new long[payloads.size()];
        AtomicInteger next = new AtomicInteger();
        Future<?> ticking = clock.scheduleAtFixedRate(
                () -> {
                    int index = next.getAndIncrement();
                    if (index < publishedNs.length) {
                        publishedNs[index] = System.nanoTime();
                        publishOne(topic, payloads.get(index), done);
                    } else {
                        done.complete(publishedNs);
                    }
                },
                0,
                TimeUnit.SECONDS.toNanos(1) / perSecond,
                TimeUnit.NANOSECONDS);
        return done.whenComplete((times, failure) -> ticking.cancel(false));
    }

    private void publishOne(String topic, byte[] payload, CompletableFuture<long[]> done) {
        try {
            client.publish(topic, payload, 1, false);
        } catch (MqttException e) {
            done.completeExceptionally(e);
        }
    }

    private static IMqttActionListener releasing(Semaphore window) {
        return new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                window.release();
            }

            @Override
            public void onFailure(IMqttToken token, Throwable failure) {
                window.release();
            }
        };
    }

    @Override
    public void close() throws MqttException {
        clock.shutdownNow();
        client.disconnectForcibly(1_000, 1_000);
        client.close();
    }
}
