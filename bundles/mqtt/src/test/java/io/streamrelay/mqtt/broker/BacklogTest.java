// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What has waited at a Mosquitto for a bridge that was away, more than there are packet identifiers or than it may keep. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = "real clients", mode = ResourceAccessMode.READ)
class BacklogTest implements BrokerEvents {

    private static final long SECONDS = 60;
    private static final int PACKET_IDS = 65_535;
    private static final String TOPIC = "t";

    /** Publications of QoS 1 that nobody looks at, so that no disk is in the way. */
    private static final String FILLING = "";

    @TempDir
    Path folder;

    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> losses = new LinkedBlockingQueue<>();
    private volatile boolean acknowledges = true;
    private Mosquitto broker;
    private BrokerLink sensor;

    @BeforeEach
    void startBroker() throws Exception {
        broker = new Mosquitto(folder, "max_queued_messages 0");
        sensor = new PahoLinks(folder.resolve("sensor")).open(options("sensor"), MqttVersion.FIVE, new BrokerEvents() {
            @Override
            public void arrived(Arrival arrival) {
                // It subscribes nothing.
            }

            @Override
            public void lost(String reason) {
                losses.add("the sensor's: " + reason);
            }
        });
        await(sensor.connect());
    }

    @AfterEach
    void stopBroker() throws Exception {
        await(sensor.disconnect());
        broker.close();
    }

    private BrokerOptions options(String name) {
        return new BrokerOptions(
                broker.url(),
                "",
                "",
                name,
                TlsOptions.standard(),
                Will.clearing("will/" + name),
                name.equals("bridge"));
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void arrived(Arrival arrival) {
        if (arrival.message().qos() == 2) {
            arrivals.add(arrival);
        }
        if (acknowledges) {
            arrival.acknowledge();
        }
    }

    @Override
    public void lost(String reason) {
        losses.add(reason);
    }

    private static String text(Arrival arrival) {
        return new String(arrival.message().payload(), UTF_8);
    }

    private BrokerLink connected(PahoLinks links, MqttVersion version) throws Exception {
        BrokerLink link = links.open(options("bridge"), version, this);
        await(link.connect());
        await(link.subscribe(new Subscription(TOPIC, 2, Subscription.Kind.APPLICATIONS)));
        return link;
    }

    private List<String> publish(String name, int count) throws Exception {
        List<String> texts =
                IntStream.range(0, count).mapToObj(number -> name + number).toList();
        for (String text : texts) {
            await(sensor.publish(new Message(TOPIC, text.getBytes(UTF_8), 2, false, null, List.of())));
        }
        return texts;
    }

    /** By a client of QoS 1 that is quicker than Paho. */
    private void fill(int count) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port());
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()))) {
            // CONNECT of MQTT 3.1.1 with a clean session and without a name.
            out.write(new byte[] {0x10, 12, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0, 0});
            out.flush();
            socket.getInputStream().readNBytes(4);
            Thread reader = new Thread(() -> readAcknowledgements(socket, count));
            reader.start();
            for (int i = 0; i < count; i++) {
                out.writeByte(0x32);
                out.writeByte(Short.BYTES + TOPIC.length() + Short.BYTES + FILLING.length());
                out.writeUTF(TOPIC);
                out.writeShort(1 + i % PACKET_IDS);
                out.writeBytes(FILLING);
            }
            out.flush();
            reader.join();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void readAcknowledgements(Socket socket, int count) {
        try {
            socket.getInputStream().readNBytes(4 * count);
        } catch (IOException e) {
            // What is missing will be missed at the other end.
        }
    }

    private List<String> next(int count) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Arrival arrival = arrivals.poll(SECONDS, TimeUnit.SECONDS);
            assertNotNull(arrival, () -> "nothing arrives after " + texts);
            texts.add(text(arrival));
        }
        return texts;
    }

    /** Mosquitto before 2.0.14 sends all of them at once, some under the same identifier. */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void arrivesOnceThoughItIsLongerThanThereArePacketIdentifiers(MqttVersion version) throws Exception {
        PahoLinks links = new PahoLinks(folder.resolve("bridge"));
        await(connected(links, version).disconnect());
        fill(3_000);
        List<String> all = new ArrayList<>(publish("first", 20));
        fill(PACKET_IDS - 20);
        all.addAll(publish("last", 20));

        BrokerLink link = connected(links, version);
        assertEquals(all, next(all.size()));
        // Until its session is at rest: what is left open comes again.
        List<String> later = new ArrayList<>();
        Arrival next;
        publish("later", 1);
        do {
            if (losses.poll(300, TimeUnit.MILLISECONDS) != null) {
                await(link.connect());
            }
            next = arrivals.poll(300, TimeUnit.MILLISECONDS);
            later.addAll(next == null ? List.of() : List.of(text(next)));
        } while (!later.contains("later0") || next != null);
        assertEquals(List.of("later0"), later);
        await(link.disconnect());
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void leavesTheConnectionAsItIsWhenItIsMoreThanMayBeKept(MqttVersion version) throws Exception {
        acknowledges = false;
        PahoLinks links = new PahoLinks(folder.resolve("bridge"), 20);
        BrokerLink link = connected(links, version);
        List<String> all = publish("m", 50);
        List<Arrival> kept = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            kept.add(arrivals.poll(SECONDS, TimeUnit.SECONDS));
        }
        assertEquals(all.subList(0, 20), kept.stream().map(BacklogTest::text).toList());
        await(link.unsubscribe("nothing"));
        assertNull(losses.poll(300, TimeUnit.MILLISECONDS));
        assertFalse(link.isReadyToAskAgain());

        acknowledges = true;
        kept.forEach(Arrival::acknowledge);
        List<String> others = new ArrayList<>();
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (others.size() < 30) {
            assertTrue(System.nanoTime() < deadlineNs, () -> "nothing arrives after " + others);
            if (link.isReadyToAskAgain()) {
                link.close();
                link = connected(links, version);
            }
            // It may be ready only when what it has is written, and until it is asked nothing comes.
            Arrival next = arrivals.poll(300, TimeUnit.MILLISECONDS);
            others.addAll(next == null ? List.of() : List.of(text(next)));
        }
        assertEquals(all.subList(20, 50), others);
        assertNull(losses.poll(300, TimeUnit.MILLISECONDS));
        assertNull(arrivals.poll(300, TimeUnit.MILLISECONDS));
        await(link.disconnect());
    }
}
