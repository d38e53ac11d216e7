// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Payloads;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.karaf.process.Sensor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Messages of a sensor at one broker for a reader at the other, at a steady pace, while something else goes on. */
final class Conversation implements AutoCloseable {

    private static final int PER_SECOND = 20;
    private static final int MESSAGES = 40;
    private static final int BYTES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Sensor sensor;
    private final Reader reader;
    private final String topic;
    private CompletableFuture<long[]> published;
    private long rounds;

    /**
     * @param from the URL of the broker that the sensor publishes to
     * @param to the URL of the broker that the reader listens at
     */
    Conversation(String from, String to, String topic) throws MqttException {
        this.topic = topic;
        reader = new Reader(to, topic);
        sensor = new Sensor(from);
    }

    /** Begins to publish; messages that no round had before. */
    void begin() {
        published = sensor.publishAll(topic, Payloads.numbered(MESSAGES, BYTES, ++rounds), PER_SECOND);
    }

    boolean isPublishing() {
        return !published.isDone();
    }

    void awaitPublished() throws Exception {
        published.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits until every message has arrived. */
    void assertAllArrive() throws Exception {
        awaitPublished();
        List<Integer> numbers = numbers(reader.take(MESSAGES, PATIENCE));
        assertEquals(
                IntStream.range(0, MESSAGES).boxed().toList(),
                numbers.stream().sorted().toList(),
                () -> Payloads.flaws(MESSAGES, numbers));
    }

    /** Waits a while for messages that should not come again. */
    void assertNoneComesAgain() throws Exception {
        List<Integer> again = numbers(reader.takeUntilQuiet(QUIET));
        assertTrue(again.isEmpty(), () -> "came again: " + again);
    }

    private static List<Integer> numbers(List<Reader.Reading> readings) {
        return readings.stream()
                .map(reading -> Payloads.number(reading.payload()))
                .toList();
    }

    @Override
    public void close() throws MqttException {
        sensor.close();
        reader.close();
    }
}
