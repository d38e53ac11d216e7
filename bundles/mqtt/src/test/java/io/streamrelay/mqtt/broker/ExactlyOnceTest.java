// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.FrameProxy.Cut;
import io.streamrelay.mqtt.broker.FrameProxy.Packet;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * QoS 2 with the connection cut before and after each packet of an exchange, at a broker that repeats a message under
 * its packet identifier; Artemis 2.43 repeats under a new one.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = "real clients", mode = ResourceAccessMode.READ)
class ExactlyOnceTest {

    private static final long SECONDS = 30;

    /** A client library that has not connected by then hangs. */
    private static final long CONNECT_SECONDS = 10;

    private static final int AT_ONCE = 20;

    @TempDir
    private static Path brokerFolder;

    private static Mosquitto broker;

    @TempDir
    Path folder;

    private final List<Client> clients = new ArrayList<>();
    private final String topic = "t/" + UUID.randomUUID();
    private FrameProxy proxy;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new Mosquitto(brokerFolder);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        if (broker != null) {
            broker.close();
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (Client client : clients) {
            await(client.link.disconnect());
        }
        proxy.close();
    }

    static Stream<Arguments> versionsAndPackets() {
        return Stream.of(MqttVersion.values()).flatMap(version -> Stream.of(Packet.values())
                .flatMap(packet -> Stream.of(true, false).map(delivered -> Arguments.of(version, packet, delivered))));
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    private final class Client implements BrokerEvents {

        private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> losses = new LinkedBlockingQueue<>();
        private final PahoLinks links;
        private final BrokerOptions options;
        private final MqttVersion version;
        private BrokerLink link;
        private volatile boolean acknowledges;
        private boolean dead;

        Client(MqttVersion version, String url, String name) throws Exception {
            this.version = version;
            options = new BrokerOptions(
                    url, "", "", name + topic.hashCode(), TlsOptions.standard(), Will.clearing("will/" + name));
            links = new PahoLinks(folder.resolve(name));
            link = links.open(options, version, this);
            clients.add(this);
        }

        @Override
        public synchronized void arrived(Arrival arrival) {
            if (dead) {
                return;
            }
            if (acknowledges) {
                arrival.acknowledge();
            }
            arrivals.add(arrival);
        }

        @Override
        public void lost(String reason) {
            losses.add(reason);
        }

        /** As often as it takes: the client library and the broker may still be busy with the old connection. */
        void connect() throws Exception {
            for (int attempt = 1; ; attempt++) {
                try {
                    link.connect().toCompletableFuture().get(CONNECT_SECONDS, TimeUnit.SECONDS);
                    return;
                } catch (ExecutionException | TimeoutException e) {
                    assertTrue(attempt < 20, "it does not connect: " + e);
                    // As a bridge does: the client library may hang, or send two CONNECTs, and then the session is
                    // lost.
                    link.close();
                    link = links.open(options, version, this);
                }
            }
        }

        /** As with its process: what the client library still does reaches nobody. */
        synchronized void die() {
            dead = true;
        }

        void awaitLoss() throws Exception {
            assertNotNull(losses.poll(SECONDS, TimeUnit.SECONDS), "the loss was not noticed");
        }

        Arrival next() throws InterruptedException {
            Arrival arrival = arrivals.poll(SECONDS, TimeUnit.SECONDS);
            assertNotNull(arrival, "nothing arrived");
            return arrival;
        }
    }

    private Client receiver(MqttVersion version, String url, String name) throws Exception {
        Client client = new Client(version, url, name);
        client.connect();
        await(client.link.subscribe(new Subscription(topic, 2, Subscription.Kind.APPLICATIONS)));
        return client;
    }

    private Client sender(MqttVersion version, String url) throws Exception {
        Client client = new Client(version, url, "sender");
        client.connect();
        return client;
    }

    private Message message(String text) {
        return new Message(topic, text.getBytes(UTF_8), 2, false, null, List.of());
    }

    private static String text(Arrival arrival) {
        return new String(arrival.message().payload(), UTF_8);
    }

    private static Cut inward(Packet packet, boolean delivered) {
        return new Cut(packet, packet == Packet.PUBLISH || packet == Packet.PUBREL, delivered);
    }

    private static Cut outward(Packet packet, boolean delivered) {
        return new Cut(packet, packet == Packet.PUBREC || packet == Packet.PUBCOMP, delivered);
    }

    @ParameterizedTest
    @MethodSource("versionsAndPackets")
    void arrivesOnceThoughTheConnectionIsCut(MqttVersion version, Packet packet, boolean delivered) throws Exception {
        proxy = new FrameProxy(broker.port());
        Client receiver = receiver(version, proxy.url(), "receiver");
        Client sender = sender(version, broker.url());
        proxy.cutAt(inward(packet, delivered));
        await(sender.link.publish(message("one")));
        receiver.awaitLoss();
        receiver.connect();
        await(sender.link.publish(message("two")));
        Arrival one = receiver.next();
        assertEquals("one", text(one));
        one.acknowledge();
        assertEquals("two", text(receiver.next()));
        assertNull(receiver.arrivals.poll(200, TimeUnit.MILLISECONDS));
    }

    @ParameterizedTest
    @MethodSource("versionsAndPackets")
    void arrivesAgainAfterARestartThatCutItIfItWasNotSafe(MqttVersion version, Packet packet, boolean delivered)
            throws Exception {
        Client restarted = restartedAt(version, packet, delivered, false);
        Arrival one = restarted.next();
        assertEquals("one", text(one));
        one.acknowledge();
        assertEquals("two", text(restarted.next()));
        assertNull(restarted.arrivals.poll(200, TimeUnit.MILLISECONDS));
    }

    @ParameterizedTest
    @MethodSource("versionsAndPackets")
    void doesNotArriveAgainAfterARestartIfItWasSafe(MqttVersion version, Packet packet, boolean delivered)
            throws Exception {
        Client restarted = restartedAt(version, packet, delivered, true);
        boolean before = !clients.get(0).arrivals.isEmpty();
        if (!before) {
            assertEquals("one", text(restarted.next()));
        }
        assertEquals("two", text(restarted.next()));
        assertNull(restarted.arrivals.poll(200, TimeUnit.MILLISECONDS));
    }

    private Client restartedAt(MqttVersion version, Packet packet, boolean delivered, boolean acknowledges)
            throws Exception {
        proxy = new FrameProxy(broker.port());
        Client receiver = receiver(version, proxy.url(), "receiver");
        Client sender = sender(version, broker.url());
        receiver.acknowledges = acknowledges;
        proxy.cutAt(inward(packet, delivered));
        await(sender.link.publish(message("one")));
        receiver.awaitLoss();
        await(receiver.link.disconnect());
        receiver.die();
        if (acknowledges) {
            // That it is safe may wait some 50 ms for the next commit; a process that ends before gets it again.
            receiver.links.close();
        }
        Client restarted = new Client(version, proxy.url(), "receiver");
        restarted.connect();
        await(sender.link.publish(message("two")));
        return restarted;
    }

    /**
     * Mosquitto repeats the PUBREL to who comes back without having said PUBCOMP; when that connection ends before the
     * PUBREL has left, it sends the next one the PUBLISH, which MQTT forbids (2.0.11 to 2.0.19).
     */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void doesNotArriveAgainThoughTheNextConnectionEndsAtOnce(MqttVersion version) throws Exception {
        proxy = new FrameProxy(broker.port());
        Client receiver = receiver(version, proxy.url(), "receiver");
        Client sender = sender(version, broker.url());
        receiver.acknowledges = true;
        leaveLowIdentifiersBehind(sender, receiver);
        proxy.cutAt(inward(Packet.PUBCOMP, false));
        await(sender.link.publish(message("one")));
        receiver.awaitLoss();
        await(receiver.link.disconnect());
        receiver.die();
        receiver.links.close();
        broker.connectAndLeave(connect(version, receiver.options.clientId()));
        Client restarted = new Client(version, proxy.url(), "receiver");
        restarted.connect();
        await(sender.link.publish(message("two")));
        assertEquals("two", text(restarted.next()));
        assertNull(restarted.arrivals.poll(200, TimeUnit.MILLISECONDS));
    }

    private void leaveLowIdentifiersBehind(Client sender, Client receiver) throws Exception {
        Message atLeastOnce = new Message(topic, new byte[0], 1, false, null, List.of());
        for (int i = 0; i < Custody.LOW_IDS; i += AT_ONCE) {
            List<CompletionStage<Void>> stages = Stream.generate(() -> sender.link.publish(atLeastOnce))
                    .limit(AT_ONCE)
                    .toList();
            for (CompletionStage<Void> stage : stages) {
                await(stage);
                receiver.next();
            }
        }
    }

    /** A CONNECT that keeps the session, MQTT 3.1.1 and 5 sections 3.1. */
    private static byte[] connect(MqttVersion version, String clientId) {
        boolean isFive = version == MqttVersion.FIVE;
        byte[] id = clientId.getBytes(UTF_8);
        byte[] expiresInAnHour = isFive ? new byte[] {5, 0x11, 0, 0, 0x0e, 0x10} : new byte[0];
        int length = 10 + expiresInAnHour.length + 2 + id.length;
        return ByteBuffer.allocate(2 + length)
                .put((byte) 0x10)
                .put((byte) length)
                .putShort((short) 4)
                .put("MQTT".getBytes(UTF_8))
                .put((byte) (isFive ? 5 : 4))
                .put((byte) 0)
                .putShort((short) 60)
                .put(expiresInAnHour)
                .putShort((short) id.length)
                .put(id)
                .array();
    }

    @ParameterizedTest
    @MethodSource("versionsAndPackets")
    void isPublishedOnceThoughARestartCutsIt(MqttVersion version, Packet packet, boolean delivered) throws Exception {
        proxy = new FrameProxy(broker.port());
        Client receiver = receiver(version, broker.url(), "receiver");
        Client sender = sender(version, proxy.url());
        proxy.cutAt(outward(packet, delivered));
        CompletionStage<Void> one = sender.link.publish(message("one"), "name of one");
        sender.awaitLoss();
        await(sender.link.disconnect());
        Client restarted = sender(version, proxy.url());
        if (!one.toCompletableFuture().isDone()) {
            await(restarted.link.publish(message("one"), "name of one"));
        }
        await(restarted.link.publish(message("two"), "name of two"));
        assertEquals("one", text(receiver.next()));
        assertEquals("two", text(receiver.next()));
        assertNull(receiver.arrivals.poll(200, TimeUnit.MILLISECONDS));
    }

    @ParameterizedTest
    @MethodSource("versionsAndPackets")
    void isPublishedOnceThoughTheConnectionIsCut(MqttVersion version, Packet packet, boolean delivered)
            throws Exception {
        proxy = new FrameProxy(broker.port());
        Client receiver = receiver(version, broker.url(), "receiver");
        Client sender = sender(version, proxy.url());
        proxy.cutAt(outward(packet, delivered));
        BrokerLink cut = sender.link;
        CompletionStage<Void> one = sender.link.publish(message("one"), "name of one");
        sender.awaitLoss();
        sender.connect();
        if (sender.link == cut) {
            await(one);
        } else if (!one.toCompletableFuture().isDone()) {
            // Nobody answers for a link that was closed; as a bridge does, it goes on at the next one.
            await(sender.link.publish(message("one"), "name of one"));
        }
        await(sender.link.publish(message("two"), "name of two"));
        assertEquals("one", text(receiver.next()));
        assertEquals("two", text(receiver.next()));
        assertNull(receiver.arrivals.poll(200, TimeUnit.MILLISECONDS));
    }
}
