// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock("real clients")
class PahoLinksTest {

    /** Longer than a link waits for a broker that says nothing, which may follow a cut. */
    /** As {@code Connection} does not try again at once either. */
    private static final long RETRY_MS = 50;

    private static final long SECONDS = 3L * BrokerOptions.CONNECT_TIMEOUT_SECONDS;

    private static EmbeddedBroker broker;

    @TempDir
    Path folder;

    private final List<BrokerLink> links = new ArrayList<>();
    private final String topic = "t/" + UUID.randomUUID();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new EmbeddedBroker();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @AfterEach
    void closeLinks() throws Exception {
        for (BrokerLink link : links) {
            await(link.disconnect());
        }
    }

    private static final class Client implements BrokerEvents {
        private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> losses = new LinkedBlockingQueue<>();
        private final MqttVersion version;
        private final BrokerOptions options;
        private BrokerLink link;

        private Client(MqttVersion version, BrokerOptions options) {
            this.version = version;
            this.options = options;
        }

        @Override
        public void arrived(Arrival arrival) {
            arrivals.add(arrival);
        }

        @Override
        public void lost(String reason) {
            losses.add(reason);
        }

        Arrival next() throws InterruptedException {
            return arrivals.poll(SECONDS, TimeUnit.SECONDS);
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    private static BrokerOptions options(String url, String clientId) {
        Will will = Will.clearing("streamrelay/bridges/" + clientId);
        return new BrokerOptions(url, "", "", clientId, TlsOptions.standard(), will);
    }

    private Client client(MqttVersion version, String url, String clientId) throws Exception {
        return client(version, options(url, clientId));
    }

    private Client client(MqttVersion version, BrokerOptions options) throws Exception {
        Client client = new Client(version, options);
        open(client);
        return client;
    }

    private void open(Client client) throws Exception {
        client.link =
                new PahoLinks(folder.resolve(client.options.clientId())).open(client.options, client.version, client);
        links.add(client.link);
    }

    /**
     * As often as it takes: right after a cut the client library may still be busy with the old connection. It has been seen
     * to wait for a greeting for ever; {@code Connection} opens another link then, with the same session.
     */
    private Greeting reconnected(Client client) throws Exception {
        assertNotNull(client.losses.poll(SECONDS, TimeUnit.SECONDS), "the loss was not noticed");
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        int unanswered = 0;
        while (true) {
            try {
                return await(client.link.connect());
            } catch (ExecutionException e) {
                assertTrue(System.nanoTime() - endNanos < 0, "it does not connect again: " + e);
                TimeUnit.MILLISECONDS.sleep(RETRY_MS);
            } catch (TimeoutException e) {
                assertTrue(++unanswered < 3, "it does not connect again: " + e);
                links.remove(client.link);
                client.link.close();
                open(client);
            }
        }
    }

    private Client connected(MqttVersion version) throws Exception {
        Client client = client(version, broker.url(), UUID.randomUUID().toString());
        await(client.link.connect());
        return client;
    }

    private Subscription applications() {
        return new Subscription(topic, 1, Subscription.Kind.APPLICATIONS);
    }

    private Message message(String text, int qos) {
        return new Message(topic, text.getBytes(UTF_8), qos, false, null, List.of());
    }

    private static String text(Arrival arrival) {
        assertNotNull(arrival, "nothing arrived");
        return new String(arrival.message().payload(), UTF_8);
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void carriesMessagesOfEachQos(MqttVersion version) throws Exception {
        Client receiver = connected(version);
        await(receiver.link.subscribe(new Subscription(topic, 2, Subscription.Kind.APPLICATIONS)));
        Client sender = connected(version);
        for (int qos = 0; qos <= 2; qos++) {
            await(sender.link.publish(message("qos" + qos, qos)));
            Arrival arrival = receiver.next();
            assertEquals("qos" + qos, text(arrival));
            assertEquals(qos, arrival.message().qos());
            arrival.acknowledge();
        }
    }

    /** Artemis sends a copy for each subscription, and all of them say all. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void tellsWhichSubscriptionsACopyCameBy(int qos) throws Exception {
        Client receiver = connected(MqttVersion.FIVE);
        Subscription one = new Subscription(topic + "/#", 2, Subscription.Kind.APPLICATIONS);
        Subscription other = new Subscription(topic + "/+", 2, Subscription.Kind.APPLICATIONS);
        await(receiver.link.subscribe(one));
        await(receiver.link.subscribe(other));

        await(connected(MqttVersion.FIVE)
                .link
                .publish(new Message(topic + "/a", new byte[] {1}, qos, false, null, List.of())));

        for (int i = 0; i < 2; i++) {
            Arrival arrival = receiver.next();
            arrival.acknowledge();
            assertEquals(Set.of(one.identifier(), other.identifier()), arrival.subscriptions());
        }
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void getsAgainWhatItHasNotAcknowledged(MqttVersion version) throws Exception {
        try (CuttableProxy proxy = new CuttableProxy(broker.port())) {
            Client receiver = client(version, proxy.url(), UUID.randomUUID().toString());
            assertFalse(await(receiver.link.connect()).sessionPresent());
            await(receiver.link.subscribe(applications()));
            Client sender = connected(version);
            await(sender.link.publish(message("one", 1)));
            await(sender.link.publish(message("two", 1)));
            receiver.next().acknowledge();
            assertEquals("two", text(receiver.next()));
            proxy.cut();
            assertTrue(reconnected(receiver).sessionPresent());
            Arrival again = receiver.next();
            if (text(again).equals("one")) {
                // The cut was quicker than the acknowledgement.
                again.acknowledge();
                again = receiver.next();
            }
            assertEquals("two", text(again));
            again.acknowledge();
            await(sender.link.publish(message("three", 1)));
            assertEquals("three", text(receiver.next()));
        }
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void sendsAgainWhatTheBrokerHasNotAcknowledged(MqttVersion version) throws Exception {
        try (CuttableProxy proxy = new CuttableProxy(broker.port())) {
            Client receiver = connected(version);
            await(receiver.link.subscribe(new Subscription(topic + "/#", 1, Subscription.Kind.APPLICATIONS)));
            Client sender = client(version, proxy.url(), UUID.randomUUID().toString());
            int inFlightMax = await(sender.link.connect()).publishMax();
            int count = Math.min(300, inFlightMax);
            List<CompletionStage<Void>> publications = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Message message = new Message(
                        topic + "/" + i % 7, Integer.toString(i).getBytes(UTF_8), 2, false, null, List.of());
                publications.add(sender.link.publish(message));
                if (i == count / 2) {
                    proxy.cut();
                }
            }
            reconnected(sender);
            List<Integer> arrived = new ArrayList<>();
            int accepted = 0;
            for (CompletionStage<Void> publication : publications) {
                try {
                    await(publication);
                    accepted++;
                } catch (ExecutionException e) {
                    // It was called while there was no connection, and says so.
                    assertEquals(BrokerException.Kind.UNREACHABLE, ((BrokerException) e.getCause()).kind());
                }
            }
            assertTrue(accepted > count / 4, accepted + " accepted");
            for (int i = 0; i < accepted; i++) {
                Arrival arrival = receiver.next();
                arrived.add(Integer.parseInt(text(arrival)));
                arrival.acknowledge();
            }
            assertEquals(
                    arrived.stream().distinct().sorted().toList(),
                    arrived.stream().sorted().toList());
        }
    }

    @Test
    void fiveCarriesPropertiesAndFlags() throws Exception {
        Client receiver = connected(MqttVersion.FIVE);
        await(receiver.link.subscribe(applications()));
        List<Message.Property> properties = List.of(new Message.Property("a", "1"), new Message.Property("a", "2"));
        Message sent = new Message(topic, new byte[] {1, 0, -1}, 1, true, "text/plain", properties);
        await(connected(MqttVersion.FIVE).link.publish(sent));
        Message got = receiver.next().message();
        assertArrayEquals(sent.payload(), got.payload());
        assertEquals(properties, got.properties());
        assertEquals("text/plain", got.contentType());
        assertTrue(got.retained(), "the retained flag of a live publication");
    }

    @Test
    void fiveDoesNotHearItself() throws Exception {
        Client client = connected(MqttVersion.FIVE);
        await(client.link.subscribe(applications()));
        await(client.link.publish(message("mine", 1)));
        await(connected(MqttVersion.FIVE).link.publish(message("theirs", 1)));
        assertEquals("theirs", text(client.next()));
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void bridgesHearThemselvesAndWhatIsRetained(MqttVersion version) throws Exception {
        Client client = connected(version);
        Message first = new Message(topic, new byte[] {1}, 1, true, null, List.of());
        await(client.link.publish(first));
        Arrival retained = null;
        // Artemis may retain a message somewhat later than it acknowledges it.
        for (int attempt = 0; retained == null && attempt < SECONDS; attempt++) {
            await(client.link.subscribe(new Subscription(topic, 1, Subscription.Kind.BRIDGES)));
            retained = client.arrivals.poll(1, TimeUnit.SECONDS);
        }
        assertTrue(retained.message().retained(), "what was there before");
        client.arrivals.clear();
        await(client.link.publish(new Message(topic, new byte[] {2}, 1, true, null, List.of())));
        assertFalse(client.next().message().retained(), "what happens now");
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void lastWillClearsItsTopicWhenCutButNotAfterGoodbye(MqttVersion version) throws Exception {
        Client watcher = connected(version);
        try (CuttableProxy proxy = new CuttableProxy(broker.port())) {
            String clientId = UUID.randomUUID().toString();
            await(watcher.link.subscribe(
                    new Subscription("streamrelay/bridges/" + clientId, 1, Subscription.Kind.BRIDGES)));
            Client client = client(version, proxy.url(), clientId);
            await(client.link.connect());
            proxy.cut();
            assertEquals("", text(watcher.next()));
            reconnected(client);
            await(client.link.disconnect());
            await(connected(version)
                    .link
                    .publish(new Message(
                            "streamrelay/bridges/" + clientId, "end".getBytes(UTF_8), 1, false, null, List.of())));
            assertEquals("end", text(watcher.next()));
        }
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void connectionThatLivesForItsLastWillHasOneEachTimeAndNoSession(MqttVersion version) throws Exception {
        Client watcher = connected(version);
        try (CuttableProxy proxy = new CuttableProxy(broker.port())) {
            String clientId = UUID.randomUUID().toString();
            await(watcher.link.subscribe(new Subscription(topic, 1, Subscription.Kind.BRIDGES)));
            Client client = client(
                    version, options(proxy.url(), clientId).onlyFor(new Will(topic, "gone"), clientId + "-will"));
            for (int i = 0; i < 2; i++) {
                assertFalse(await(client.link.connect()).sessionPresent());
                proxy.cut();
                assertNotNull(client.losses.poll(SECONDS, TimeUnit.SECONDS), "the loss was not noticed");
                Arrival gone = watcher.next();
                assertEquals("gone", text(gone));
                gone.acknowledge();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void saysThatNobodyListens(MqttVersion version) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Client client = client(version, "tcp://127.0.0.1:" + port, "nobody");
        ExecutionException failure = assertThrows(ExecutionException.class, () -> await(client.link.connect()));
        assertEquals(BrokerException.Kind.UNREACHABLE, ((BrokerException) failure.getCause()).kind());
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void saysThatTheBrokerHungUp(MqttVersion version) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Client client = client(version, "tcp://127.0.0.1:" + socket.getLocalPort(), "hung-up");
            CompletionStage<Greeting> greeting = client.link.connect();
            try (var accepted = socket.accept()) {
                accepted.getInputStream().read();
            }
            ExecutionException failure = assertThrows(ExecutionException.class, () -> await(greeting));
            assertEquals(BrokerException.Kind.HUNG_UP, ((BrokerException) failure.getCause()).kind());
        }
    }

    @Test
    void fiveUnderstandsTheRefusalOfAnOldBroker() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Client client = client(MqttVersion.FIVE, "tcp://127.0.0.1:" + socket.getLocalPort(), "old");
            CompletionStage<Greeting> greeting = client.link.connect();
            try (var accepted = socket.accept()) {
                accepted.getInputStream().read();
                // MQTT 3.1.1's CONNACK: no session, "unacceptable protocol version".
                accepted.getOutputStream().write(new byte[] {0x20, 2, 0, 1});
                ExecutionException failure = assertThrows(ExecutionException.class, () -> await(greeting));
                BrokerException.Kind kind = ((BrokerException) failure.getCause()).kind();
                assertTrue(
                        kind == BrokerException.Kind.VERSION_REFUSED || kind == BrokerException.Kind.HUNG_UP,
                        kind.toString());
            }
        }
    }

    /** As Artemis 2.6 does with Netty 4.1.52 or later. */
    @Test
    void fiveIsNotFooledByABrokerThatGreetsWithItAndDoesNotKnowIt() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Client client = client(MqttVersion.FIVE, "tcp://127.0.0.1:" + socket.getLocalPort(), "fooled");
            CompletionStage<Greeting> greeting = client.link.connect();
            try (var accepted = socket.accept()) {
                InputStream in = accepted.getInputStream();
                OutputStream out = accepted.getOutputStream();
                assertEquals(0x10, packet(in)[0]);
                out.write(new byte[] {0x20, 3, 1, 0, 0});
                byte[] unsubscribe = packet(in);
                assertEquals((byte) 0xa2, unsubscribe[0]);
                // Without a reason code.
                out.write(new byte[] {(byte) 0xb0, 3, unsubscribe[1], unsubscribe[2], 0});
                ExecutionException failure = assertThrows(ExecutionException.class, () -> await(greeting));
                assertEquals(BrokerException.Kind.VERSION_REFUSED, ((BrokerException) failure.getCause()).kind());
            }
        }
    }

    @Test
    void fiveAsksNothingOfABrokerThatTellsItsLimits() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Client client = client(MqttVersion.FIVE, "tcp://127.0.0.1:" + socket.getLocalPort(), "limited");
            CompletionStage<Greeting> greeting = client.link.connect();
            try (var accepted = socket.accept()) {
                assertEquals(0x10, packet(accepted.getInputStream())[0]);
                // A Receive Maximum of 20.
                accepted.getOutputStream().write(new byte[] {0x20, 6, 1, 0, 3, 0x21, 0, 20});
                assertTrue(await(greeting).sessionPresent());
            }
        }
    }

    /** Its first byte, and what follows its length, of which the tests need but what is below 16 KiB. */
    private static byte[] packet(InputStream in) throws IOException {
        int first = in.read();
        int low = in.read();
        int length = low < 0x80 ? low : low & 0x7f | in.read() << 7;
        byte[] packet = new byte[1 + length];
        packet[0] = (byte) first;
        assertEquals(length, in.readNBytes(packet, 1, length));
        return packet;
    }

    @Test
    void unsubscribesOneFilterAlone() throws Exception {
        Client client = connected(MqttVersion.FIVE);
        await(client.link.subscribe(applications()));
        await(client.link.subscribe(new Subscription(topic + "/b", 1, Subscription.Kind.APPLICATIONS)));
        await(client.link.unsubscribe(topic));
        Client sender = connected(MqttVersion.FIVE);
        await(sender.link.publish(message("a", 1)));
        await(sender.link.publish(new Message(topic + "/b", "b".getBytes(UTF_8), 1, false, null, List.of())));
        assertEquals("b", text(client.next()));
        assertNull(client.arrivals.poll());
    }
}
