// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tells how many messages of QoS 2 a second go to a Mosquitto and come from it, each way all at once, on this disk. */
@ResourceLock("real clients")
class ExchangeRateTest implements BrokerEvents {

    private static final long SECONDS = 60;
    private static final int COUNT = 3_000;

    /** Less than Mosquitto's Receive Maximum of 20. */
    private static final int ON_THEIR_WAY = 15;

    @TempDir
    Path folder;

    private final BlockingQueue<String> arrivals = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> losses = new LinkedBlockingQueue<>();
    private Mosquitto broker;
    private PahoLinks sensor;
    private PahoLinks bridge;

    @BeforeEach
    void startBroker() throws Exception {
        broker = new Mosquitto(folder, "max_queued_messages 0");
        sensor = new PahoLinks(folder.resolve("sensor"));
        bridge = new PahoLinks(folder.resolve("bridge"));
    }

    @AfterEach
    void stopBroker() throws Exception {
        sensor.close();
        bridge.close();
        broker.close();
    }

    @Override
    public void arrived(Arrival arrival) {
        arrivals.add(new String(arrival.message().payload(), UTF_8));
        arrival.acknowledge();
    }

    @Override
    public void lost(String reason) {
        losses.add(reason);
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    private BrokerLink open(PahoLinks links, String name, MqttVersion version) throws Exception {
        BrokerLink link = links.open(
                new BrokerOptions(
                        broker.url(),
                        "",
                        "",
                        name,
                        TlsOptions.standard(),
                        Will.clearing("will/" + name),
                        name.equals("bridge")),
                version,
                this);
        await(link.connect());
        return link;
    }

    private static String text(int number) {
        return "message " + number;
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void goesAndComesOnceAndInOrder(MqttVersion version) throws Exception {
        BrokerLink subscriber = open(bridge, "bridge", version);
        await(subscriber.subscribe(new Subscription("t", 2, Subscription.Kind.APPLICATIONS)));
        await(subscriber.disconnect());

        BrokerLink publisher = open(sensor, "sensor", version);
        long beginNs = System.nanoTime();
        publishAll(publisher);
        print(version, "go out", beginNs);

        beginNs = System.nanoTime();
        BrokerLink receiver = open(bridge, "bridge", version);
        for (int number = 0; number < COUNT; number++) {
            assertEquals(text(number), arrivals.poll(SECONDS, TimeUnit.SECONDS));
        }
        print(version, "come in", beginNs);
        assertNull(arrivals.poll(300, TimeUnit.MILLISECONDS));
        assertNull(losses.poll());
        await(receiver.disconnect());
        await(publisher.disconnect());
    }

    private static void publishAll(BrokerLink link) throws Exception {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        Semaphore room = new Semaphore(ON_THEIR_WAY);
        for (int number = 0; number < COUNT; number++) {
            assertTrue(room.tryAcquire(SECONDS, TimeUnit.SECONDS));
            link.publish(new Message("t", text(number).getBytes(UTF_8), 2, false, null, List.of()), text(number))
                    .whenComplete((ok, failure) -> {
                        if (failure != null) {
                            failures.add(failure);
                        }
                        room.release();
                    });
        }
        assertTrue(room.tryAcquire(ON_THEIR_WAY, SECONDS, TimeUnit.SECONDS));
        assertNull(failures.poll());
    }

    private static void print(MqttVersion version, String way, long beginNs) {
        double seconds = (System.nanoTime() - beginNs) / (double) TimeUnit.SECONDS.toNanos(1);
        System.out.printf("MQTT %s: %.0f messages of QoS 2 a second %s%n", version.label(), COUNT / seconds, way);
    }
}
