// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What the broker of the distribution promises to sensors. */
@Order(4)
class BrokerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static GatewayHome home;
    private static GatewayProcess gateway;
    private static ReadyLine ready;
    private static int offset;

    @BeforeAll
    static void start() throws Exception {
        home = GatewayHome.fresh("broker");
        offset = PortOffset.free();
        restart();
    }

    private static void restart() throws Exception {
        gateway = GatewayProcess.start(home, offset);
        ready = gateway.awaitReady();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void keepsAcknowledgedAndRetainedMessagesWhenKilled() throws Exception {
        List<byte[]> payloads = Payloads.numbered(200, 200, 1);
        byte[] state = "open".getBytes(StandardCharsets.UTF_8);
        new Reader(ready.brokerUrl(), "kept/#", "durable", false).close();
        try (Sensor sensor = new Sensor(ready.brokerUrl())) {
            sensor.publish("state/valve", state, true);
            for (byte[] payload : payloads) {
                sensor.publish("kept/reading", payload, false);
            }
            gateway.kill();
        }
        restart();

        try (Reader durable = new Reader(ready.brokerUrl(), "kept/#", "durable", false);
                Reader late = new Reader(ready.brokerUrl(), "state/#")) {
            List<Integer> numbers = durable.take(payloads.size(), PATIENCE).stream()
                    .map(reading -> Payloads.number(reading.payload()))
                    .distinct()
                    .toList();
            assertEquals(payloads.size(), numbers.size());
            List<Reader.Reading> retained = late.take(1, PATIENCE);
            assertEquals(1, retained.size());
            assertTrue(retained.get(0).retained());
            assertArrayEquals(state, retained.get(0).payload());
        }
    }

    @Test
    void keepsEachPublishersOrderTowardsADurableSubscriber() throws Exception {
        int count = 1_000;
        try (Sensor sensor = new Sensor(ready.brokerUrl());
                Reader reader = new Reader(ready.brokerUrl(), "order", "orderly", false)) {
            CompletableFuture<long[]> published = sensor.publishAll("order", Payloads.numbered(count, 200, 4), 250);

            List<Integer> numbers = reader.take(count, PATIENCE).stream()
                    .map(reading -> Payloads.number(reading.payload()))
                    .toList();
            published.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertEquals(IntStream.range(0, count).boxed().toList(), numbers, () -> Payloads.flaws(count, numbers));
        }
    }

    @Test
    void takesMessagesOfTwoMegabytes() throws Exception {
        byte[] large = Payloads.numbered(1, 2 << 20, 2).get(0);
        try (Reader reader = new Reader(ready.brokerUrl(), "large");
                Sensor sensor = new Sensor(ready.brokerUrl())) {
            sensor.publish("large", large, false);

            assertArrayEquals(large, reader.take(1, PATIENCE).get(0).payload());
        }
    }

    @Test
    void speaksMqttFive() throws Exception {
        try (Reader reader = new Reader(ready.brokerUrl(), "five")) {
            MqttClient five = new MqttClient(ready.brokerUrl(), "five-" + UUID.randomUUID(), new MemoryPersistence());
            five.connect();
            five.publish("five", new byte[] {5}, 1, false);
            five.disconnect();
            five.close();

            assertArrayEquals(new byte[] {5}, reader.take(1, PATIENCE).get(0).payload());
        }
    }
}
