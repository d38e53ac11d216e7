// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Payloads;
import io.streamrelay.itests.network.Await;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A sensor that publishes numbered messages at a steady pace and counts those alone that its broker has acknowledged. It
 * repeats nothing, so that each that comes twice was doubled by somebody else; after a lost connection it goes on anew.
 */
final class Publisher implements AutoCloseable {

    /** Mosquitto 2.0.11 hangs up on more than 20 unfinished exchanges of QoS 2. */
    private static final int IN_FLIGHT_MAX = 16;

    private static final int PAHO_IN_FLIGHT_MAX = 1_000;
    private static final long ANSWER_MS_MAX = 10_000;
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Duration LAST_WORD = Duration.ofSeconds(10);

    private final String brokerUrl;
    private final List<Topic> topics;
    private final long periodNs;
    private final int bytes;
    private final int count;
    private final Set<Sent> acknowledged = new ConcurrentSkipListSet<>();
    private final Map<Sent, IMqttDeliveryToken> unanswered = new ConcurrentSkipListMap<>();
    private final Thread thread = new Thread(this::run, "publisher");
    private volatile boolean stopped;
    private volatile int published;
    private volatile MqttAsyncClient client;

    /** Where it publishes, and how. */
    record Topic(String name, int qos) {}

    /** One message; all numbers of a run differ. */
    record Sent(int number, String topic) implements Comparable<Sent> {

        private static final Comparator<Sent> ORDER =
                Comparator.comparingInt(Sent::number).thenComparing(Sent::topic);

        @Override
        public int compareTo(Sent other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Begins at once.
     *
     * @param perSecond on all topics together, which take turns
     * @param count how many at the most
     */
    Publisher(String brokerUrl, int perSecond, int bytes, int count, Topic... topics) {
        this.brokerUrl = brokerUrl;
        this.topics = List.of(topics);
        this.periodNs = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.bytes = bytes;
        this.count = count;
        thread.setDaemon(true);
        thread.start();
    }

    /** Until it is stopped, 200 bytes each. */
    static Publisher steady(String brokerUrl, int perSecond, Topic... topics) {
        return new Publisher(brokerUrl, perSecond, 200, Integer.MAX_VALUE, topics);
    }

    /** So many with QoS 1, 200 bytes each, and waits until all are acknowledged. */
    static Set<Sent> publish(String brokerUrl, String topic, int count) {
        try (Publisher publisher = new Publisher(brokerUrl, 500, 200, count, new Topic(topic, 1))) {
            return publisher.awaitAll();
        }
    }

    /** When a payload was published, by {@link System#nanoTime()}. */
    static long publishedNs(byte[] payload) {
        return ByteBuffer.wrap(payload).getLong(Integer.BYTES);
    }

    private void run() {
        long dueNs = System.nanoTime();
        while (!stopped && published < count) {
            if (!isConnected() && !connect()) {
                LockSupport.parkNanos(RETRY_NS);
                dueNs = System.nanoTime();
            } else if (dueNs - System.nanoTime() > 0 || isFull()) {
                LockSupport.parkNanos(Math.max(100_000, Math.min(periodNs, dueNs - System.nanoTime())));
            } else {
                dueNs += periodNs;
                publishNext();
            }
        }
    }

    private boolean isFull() {
        if (unanswered.size() >= IN_FLIGHT_MAX) {
            answered();
        }
        return unanswered.size() >= IN_FLIGHT_MAX;
    }

    private boolean isConnected() {
        return client != null && client.isConnected();
    }

    private boolean connect() {
        end();
        answered();
        unanswered.clear();
        try {
            client = new MqttAsyncClient(brokerUrl, "publisher-" + UUID.randomUUID(), new MemoryPersistence());
            MqttConnectOptions options = new MqttConnectOptions();
            // It counts some that have been answered, and what it refuses was never sent.
            options.setMaxInflight(PAHO_IN_FLIGHT_MAX);
            options.setConnectionTimeout(2);
            client.connect(options).waitForCompletion(ANSWER_MS_MAX);
            return true;
        } catch (MqttException e) {
            return false;
        }
    }

    private void publishNext() {
        Topic topic = topics.get(published % topics.size());
        Sent sent = new Sent(published++, topic.name());
        byte[] payload = Payloads.numbered(1, bytes, sent.number()).get(0);
        ByteBuffer.wrap(payload).putInt(sent.number()).putLong(System.nanoTime());
        try {
            unanswered.put(sent, client.publish(topic.name(), payload, topic.qos(), false));
        } catch (MqttException e) {
            // The connection is gone, and the message was never sent.
        }
    }

    /** Those that the broker has answered; the others may yet be, unless their connection is gone. */
    private Set<Sent> answered() {
        unanswered.forEach((sent, token) -> {
            if (token.isComplete()) {
                unanswered.remove(sent);
                if (token.getException() == null) {
                    acknowledged.add(sent);
                }
            }
        });
        return acknowledged;
    }

    int acknowledged() {
        return answered().size();
    }

    /** Waits until so many are acknowledged. */
    void awaitAcknowledged(int number, Duration patience) {
        assertTrue(
                Await.comes(patience, () -> answered().size() >= number),
                () -> acknowledged.size() + ", not yet " + unanswered.keySet() + " of " + number
                        + " messages were acknowledged");
    }

    /** Waits until all of them are acknowledged. */
    Set<Sent> awaitAll() {
        awaitAcknowledged(count, Duration.ofSeconds(60));
        return stop();
    }

    /** Ends it; those that were acknowledged until now. */
    Set<Sent> stop() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Await.comes(LAST_WORD, () -> {
            answered();
            return unanswered.isEmpty();
        });
        end();
        return new TreeSet<>(answered());
    }

    private void end() {
        if (client == null) {
            return;
        }
        try {
            client.disconnectForcibly(0, 1_000);
            client.close(true);
        } catch (MqttException e) {
            // It is gone either way.
        }
        client = null;
    }

    @Override
    public void close() {
        if (thread.isAlive()) {
            stop();
        }
        end();
    }
}
