// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionOrderTest {

    private static final long ANSWER_MS_MAX = 20_000;
    private static final int MESSAGES = 2_000;
    private static final int MESSAGES_PER_SECOND = 400;

    @TempDir
    private Path directory;

    private final BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
    private ActiveMQServer broker;
    private SessionOrder order;
    private MqttAsyncClient subscriber;
    private MqttAsyncClient publisher;

    @BeforeEach
    void start() throws Exception {
        int port = FreePort.find();
        broker = ActiveMQServers.newActiveMQServer(DiskBroker.in(directory, port), true);
        broker.start();
        order = new SessionOrder(broker);
        String url = "tcp://127.0.0.1:" + port;
        subscriber = connect(url, "subscriber", false);
        subscriber
                .subscribe(
                        "meter",
                        1,
                        (topic, message) -> received.add(
                                ByteBuffer.wrap(message.getPayload()).getInt()))
                .waitForCompletion(ANSWER_MS_MAX);
        publisher = connect(url, "publisher", true);
    }

    private static MqttAsyncClient connect(String url, String clientId, boolean clean) throws Exception {
        MqttAsyncClient client = new MqttAsyncClient(url, clientId, new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(clean);
        options.setMaxInflight(MESSAGES);
        client.connect(options).waitForCompletion(ANSWER_MS_MAX);
        return client;
    }

    @AfterEach
    void stop() throws Exception {
        publisher.disconnectForcibly(1_000, 1_000);
        subscriber.disconnectForcibly(1_000, 1_000);
        order.deactivate();
        broker.stop();
    }

    @Test
    void deliversDurableMessagesInTheirPublishersOrder() throws Exception {
        long pace = TimeUnit.SECONDS.toNanos(1) / MESSAGES_PER_SECOND;
        long start = System.nanoTime();
        for (int number = 0; number < MESSAGES; number++) {
            LockSupport.parkNanos(start + number * pace - System.nanoTime());
            publisher.publish(
                    "meter", ByteBuffer.allocate(200).putInt(0, number).array(), 1, false);
        }

        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            numbers.add(received.poll(ANSWER_MS_MAX, TimeUnit.MILLISECONDS));
        }
        assertEquals(IntStream.range(0, MESSAGES).boxed().toList(), numbers);
    }
}
