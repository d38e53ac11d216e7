// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Consumer;
import io.streamrelay.api.Delivery;
import io.streamrelay.api.GapInfo;
import io.streamrelay.api.Id;
import io.streamrelay.api.Interest;
import io.streamrelay.api.Message;
import io.streamrelay.api.Origin;
import io.streamrelay.api.Received;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.store.PacketStoreFactory;
import io.streamrelay.api.transport.DatagramTransport;
import io.streamrelay.api.transport.PortInUseException;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.store.MemoryPacketStoreFactory;
import io.streamrelay.transport.UdpTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole nodes on loopback. */
class StreamRelayNodeTest {

    private static final SharedKey KEY = SharedKey.ofPassphrase("secret");

    private static final SubclusterOptions PATIENT =
            SubclusterOptions.of("x", KEY).waiting(Duration.ofDays(30));

    private final KeyRing keys = new BouncyKeyRing();
    private final DatagramTransport transport = new UdpTransport();
    private final PacketStoreFactory stores = new MemoryPacketStoreFactory();
    private Path folder;
    private StreamRelayNode here;
    private StreamRelayNode there;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary;
        here = node("here");
        there = node("there", "127.0.0.1:" + here.info().port());
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void carriesAnEnvelopedMessageWithAllThatBelongsToIt() throws Exception {
        BlockingQueue<Received> received = listen(there, "plant/t");
        Message sent =
                new Message("plant/t", bytes("21"), 2, true, "text/plain", List.of(new Message.Property("unit", "C")));
        await(subcluster(here).send(sent));
        Received got = next(received);
        assertEquals("21", got.text());
        assertEquals(2, got.message().qos());
        assertTrue(got.message().retained());
        assertEquals(sent.properties(), got.message().properties());
        assertEquals(Received.Authenticity.SENDER, got.authenticity());
        assertEquals(Optional.of(new Origin(here.info().senderKey(), 1, 1, 0)), got.origin());
        assertFalse(got.local());
    }

    @Test
    void carriesRawEventsOfAllSizesBothWays() throws Exception {
        for (StreamRelayNode from : List.of(here, there)) {
            StreamRelayNode to = from == here ? there : here;
            for (int size : new int[] {0, 1, 864, 865, 20_000}) {
                String event = "event-" + size;
                BlockingQueue<Received> received = listen(to, event);
                byte[] payload = new byte[size];
                await(subcluster(from).emit(event, payload));
                Received got = next(received);
                assertEquals(size, got.message().payload().length);
                assertEquals(event, got.message().topic());
                assertEquals(Received.Authenticity.MEMBER, got.authenticity());
            }
        }
    }

    @Test
    void deliversAThousandMessagesOnceAndInOrder() throws Exception {
        BlockingQueue<Received> enveloped = listen(there, "enveloped");
        BlockingQueue<Received> raw = listen(there, "raw");
        List<CompletableFuture<?>> stages = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            byte[] payload = bytes(Integer.toString(i));
            stages.add(subcluster(here).send(Message.of("enveloped", payload)).toCompletableFuture());
            stages.add(subcluster(here).emit("raw", payload).toCompletableFuture());
        }
        await(CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)));
        List<String> expected =
                IntStream.range(0, 1_000).mapToObj(Integer::toString).toList();
        assertEquals(expected, texts(enveloped, 1_000));
        assertEquals(expected, texts(raw, 1_000));
        assertTrue(enveloped.isEmpty() && raw.isEmpty());
    }

    @Test
    void reachesNobodyWithoutTheKey() throws Exception {
        Subcluster other = there.subcluster(SubclusterOptions.of("x", SharedKey.ofPassphrase("another")));
        BlockingQueue<Received> strangers = new LinkedBlockingQueue<>();
        other.on("topic", strangers::add);
        // Before anything is sent: what comes between a subcluster's opening and its listener is heard by nobody.
        BlockingQueue<Received> received = new LinkedBlockingQueue<>();
        there.subcluster(SubclusterOptions.of("y", KEY)).on("topic", received::add);
        Subcluster mine = subcluster(here);
        await(mine.send(Message.of("topic", bytes("1"))));
        await(mine.send(Message.of("topic", bytes("2"))));
        assertEquals(
                Set.of("1", "2"), Set.of(next(received).text(), next(received).text()));
        assertTrue(strangers.isEmpty());
    }

    @Test
    void echoesToItsOwnListeners() throws Exception {
        BlockingQueue<Received> received = listen(here, "topic");
        await(subcluster(here).send(Message.of("topic", bytes("1"))));
        await(subcluster(here).emit("topic", "2"));
        Received own = next(received);
        assertTrue(own.local());
        assertTrue(Math.abs(System.currentTimeMillis() - own.sentMs()) < 60_000, () -> "sent at " + own.sentMs());
        assertEquals("2", next(received).text());
    }

    @Test
    void handsAConsumersMessagesToAllOthersButNotBack() throws Exception {
        BlockingQueue<Delivery> own = new LinkedBlockingQueue<>();
        BlockingQueue<Delivery> neighbour = new LinkedBlockingQueue<>();
        BlockingQueue<Delivery> remote = new LinkedBlockingQueue<>();
        Interest all = new Interest(Set.of("event"), topic -> true);
        Consumer sender = subcluster(here).consume("sender", all, own::add);
        subcluster(here).consume("neighbour", all, neighbour::add);
        subcluster(there).consume("remote", all, remote::add);
        await(sender.send(Message.of("topic", bytes("1"))));
        await(sender.emit("event", bytes("2")));
        await(subcluster(here).send(Message.of("topic", bytes("3"))));
        assertEquals("3", next(own).text());
        assertEquals(List.of("1", "2", "3"), texts(neighbour, 3));
        assertEquals(Set.of("1", "2", "3"), Set.copyOf(texts(remote, 3)));
    }

    @Test
    void streamsToOnePeerAlone() throws Exception {
        CompletableFuture<Received> streamed = new CompletableFuture<>();
        BlockingQueue<Received> published = listen(there, "greeting");
        subcluster(there).onJoin(peer -> peer.on("greeting", streamed::complete));
        subcluster(here).onJoin(peer -> peer.emit("greeting", "hello"));
        Received got = streamed.get(20, TimeUnit.SECONDS);
        assertEquals("hello", got.text());
        assertEquals(Optional.of(here.info().peerId()), got.streamedBy());
        assertTrue(published.isEmpty());
    }

    @Test
    void tellsWhenItIsReadyAndWhoJoins() throws Exception {
        CompletableFuture<Id> ready = new CompletableFuture<>();
        here.onReady(info -> ready.complete(info.peerId()));
        assertEquals(here.info().peerId(), ready.get(20, TimeUnit.SECONDS));
        CompletableFuture<Id> again = new CompletableFuture<>();
        here.onReady(info -> again.complete(info.peerId()));
        again.get(20, TimeUnit.SECONDS);
        CompletableFuture<Id> joined = new CompletableFuture<>();
        subcluster(there);
        subcluster(here).onJoin(peer -> joined.complete(peer.id()));
        assertEquals(there.info().peerId(), joined.get(20, TimeUnit.SECONDS));
        assertEquals(Set.of(there.info().peerId()), subcluster(here).members());
        assertEquals(1, here.peers().size());
        assertEquals(1, here.info().peers());
    }

    @Test
    void listensOnlyToTrustedSenders() throws Exception {
        Subcluster picky = there.subcluster(
                new SubclusterOptions("x", KEY, Set.of(there.info().senderKey()), Duration.ofHours(1)));
        BlockingQueue<Received> received = new LinkedBlockingQueue<>();
        CompletableFuture<Void> dropped = new CompletableFuture<>();
        picky.on("topic", received::add);
        onDistrust(there, dropped);
        await(subcluster(here).send(Message.of("topic", bytes("1"))));
        dropped.get(20, TimeUnit.SECONDS);
        assertSame(
                picky,
                there.subcluster(
                        new SubclusterOptions("x", KEY, Set.of(here.info().senderKey()), Duration.ofHours(1))));
        await(subcluster(here).send(Message.of("topic", bytes("2"))));
        assertEquals("2", next(received).text());
    }

    @Test
    void keepsWhatWaitsForItsTurnOverARestart() throws Exception {
        BlockingQueue<Received> received = new LinkedBlockingQueue<>();
        second(there, received);
        there.close();
        there = node("there", "127.0.0.1:" + here.info().port());
        there.subcluster(PATIENT).on("topic", received::add);
        assertEquals("1", next(received).text());
        assertEquals("2", next(received).text());
    }

    @Test
    void handsOverWhatWaitsWhenNoneIsToWaitAnyMore() throws Exception {
        BlockingQueue<Received> received = new LinkedBlockingQueue<>();
        Subcluster waiting = second(there, received);
        assertSame(waiting, there.subcluster(PATIENT.waiting(Duration.ZERO)));
        assertEquals("2", next(received).text());
        assertEquals(0, there.counters().get("order.waiting"));
    }

    @Test
    void tellsWhatLacksUntilItComes() throws Exception {
        BlockingQueue<Received> received = new LinkedBlockingQueue<>();
        Subcluster subcluster = second(there, received);
        assertEquals(List.of(), subcluster.gaps());
        there.subcluster(PATIENT.waiting(Duration.ZERO));
        assertEquals("2", next(received).text());
        GapInfo gap = subcluster.gaps().get(0);
        assertEquals(new GapInfo(here.info().senderKey(), 1, 1, 1, gap.sinceMs()), gap);
        assertEquals(1, subcluster.gaps().size());
        assertEquals(1, there.counters().get("order.gaps"));
        there.close();
        there = node("there", "127.0.0.1:" + here.info().port());
        // It was turned away for its sender, so it did not count as delivered.
        Subcluster again = there.subcluster(PATIENT);
        again.on("topic", received::add);
        assertEquals("1", next(received).text());
        assertEquals(List.of(), again.gaps());
    }

    /** What comes twice is dropped, too: a comparison may bring what has just been sent. */
    private static void onDistrust(StreamRelayNode node, CompletableFuture<Void> dropped) {
        node.onDrop(drop -> {
            if (drop.reason().equals("sender-not-trusted")) {
                dropped.complete(null);
            }
        });
    }

    /** A node that has turned away the first message of a sender and waits for it, with the second one in its hands. */
    private Subcluster second(StreamRelayNode node, BlockingQueue<Received> received) throws Exception {
        Subcluster subcluster = node.subcluster(new SubclusterOptions(
                "x", KEY, Set.of(node.info().senderKey()), Duration.ofHours(1), Duration.ofDays(30)));
        subcluster.on("topic", received::add);
        CompletableFuture<Void> dropped = new CompletableFuture<>();
        onDistrust(node, dropped);
        await(subcluster(here).send(Message.of("topic", bytes("1"))));
        dropped.get(20, TimeUnit.SECONDS);
        node.subcluster(PATIENT);
        await(subcluster(here).send(Message.of("topic", bytes("2"))));
        for (int i = 0; i < 2_000 && node.counters().get("order.waiting") == 0; i++) {
            assertEquals(null, received.poll(10, TimeUnit.MILLISECONDS));
        }
        assertEquals(1, node.counters().get("order.waiting"));
        assertTrue(received.isEmpty());
        return subcluster;
    }

    @Test
    void tellsWatchersWhatBecomesOfASubcluster() throws Exception {
        BlockingQueue<Optional<Subcluster>> seen = new LinkedBlockingQueue<>();
        here.watch("x", seen::add);
        assertEquals(Optional.empty(), seen.poll(10, TimeUnit.SECONDS));
        Subcluster first = subcluster(here);
        assertEquals(Optional.of(first), seen.poll(10, TimeUnit.SECONDS));
        Subcluster second = here.subcluster(SubclusterOptions.of("x", SharedKey.ofPassphrase("another")));
        assertEquals(Optional.empty(), seen.poll(10, TimeUnit.SECONDS));
        assertEquals(Optional.of(second), seen.poll(10, TimeUnit.SECONDS));
        second.close();
        assertEquals(Optional.empty(), seen.poll(10, TimeUnit.SECONDS));
        assertEquals(Optional.empty(), here.subcluster("x"));
    }

    @Test
    void losesNothingWhenASubclusterIsClosedAndOpenedAgain() throws Exception {
        Interest all = Interest.inTopics(topic -> true);
        BlockingQueue<Delivery> received = new LinkedBlockingQueue<>();
        Subcluster first = subcluster(there);
        first.consume("c", all, received::add);
        await(subcluster(here).send(Message.of("topic", bytes("1"))));
        next(received).acknowledge();
        first.close();
        await(subcluster(here).send(Message.of("topic", bytes("2"))));
        subcluster(there).consume("c", all, received::add);
        await(subcluster(here).send(Message.of("topic", bytes("3"))));
        assertEquals(List.of("2", "3"), texts(received, 2));
    }

    @Test
    void refusesWhatComesAfterItWasClosed() throws Exception {
        Subcluster subcluster = subcluster(here);
        here.close();
        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> await(subcluster.emit("event", "late")));
        assertEquals(
                Refusal.CLOSED,
                assertInstanceOf(RefusedException.class, failure.getCause()).reason());
        assertThrows(IllegalStateException.class, () -> subcluster(here));
    }

    @Test
    void answersForEverythingItTookBeforeItCloses() throws Exception {
        Subcluster subcluster = subcluster(here);
        List<CompletionStage<?>> stages = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            stages.add(subcluster.send(Message.of("topic", new byte[200])));
        }
        here.close();
        for (CompletionStage<?> stage : stages) {
            await(stage);
        }
    }

    @Test
    void saysThatItsPortIsTaken() {
        int port = here.info().port();
        PortInUseException taken = assertThrows(
                PortInUseException.class,
                () -> new StreamRelayNode(config("third").port(port).build(), keys, transport, stores));
        assertEquals(port, taken.port());
    }

    @Test
    @Tag("case-47")
    void keepsItsIdentityAndRaisesItsEpoch() throws Exception {
        Id peerId = here.info().peerId();
        here.close();
        here = node("here");
        assertEquals(peerId, here.info().peerId());
        BlockingQueue<Received> received = listen(here, "topic");
        await(subcluster(here).send(Message.of("topic", bytes("1"))));
        assertEquals(2, next(received).origin().orElseThrow().epoch());
    }

    @Test
    void movesToAnotherPortWithoutLosingAMessage() throws Exception {
        BlockingQueue<Received> received = listen(there, "topic");
        await(subcluster(here).send(Message.of("topic", bytes("1"))));
        assertEquals("1", next(received).text());
        int before = there.info().port();
        there.configure(config("there", "127.0.0.1:" + here.info().port())
                .port(0)
                .probePort(0)
                .keepAliveSeconds(1)
                .build());
        here.configure(config("here").keepAliveSeconds(1).build());
        await(subcluster(here).send(Message.of("topic", bytes("2"))));
        assertEquals("2", next(received).text());
        assertEquals(before, there.info().port(), "the same settings for the sockets leave them open");
        there.configure(config("there", "127.0.0.1:" + here.info().port())
                .address("0.0.0.0")
                .keepAliveSeconds(1)
                .build());
        await(subcluster(here).send(Message.of("topic", bytes("3"))));
        assertEquals("3", next(received).text());
        assertTrue(before != there.info().port());
    }

    @Test
    void goesOnAsItWasWhenItCannotMove() throws Exception {
        int port = there.info().port();
        NodeConfig taken = config("there").port(here.info().port()).build();
        assertThrows(PortInUseException.class, () -> there.configure(taken));
        BlockingQueue<Received> received = listen(there, "topic");
        await(subcluster(there).send(Message.of("topic", bytes("1"))));
        assertEquals("1", next(received).text());
        assertThrows(
                IllegalArgumentException.class,
                () -> there.configure(config("there").cluster("other").build()));
        assertTrue(port > 0);
    }

    private StreamRelayNode node(String name, String... peers) throws IOException {
        return new StreamRelayNode(config(name, peers).build(), keys, transport, stores);
    }

    private NodeConfigBuilder config(String name, String... peers) {
        return NodeConfig.builder(folder.resolve(name))
                .address("127.0.0.1")
                .port(0)
                .peers(peers);
    }

    private static Subcluster subcluster(StreamRelay node) {
        return node.subcluster(SubclusterOptions.of("x", KEY));
    }

    private static BlockingQueue<Received> listen(StreamRelay node, String event) {
        BlockingQueue<Received> received = new LinkedBlockingQueue<>();
        subcluster(node).on(event, received::add);
        return received;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void await(CompletionStage<?> stage) throws Exception {
        stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T item = queue.poll(20, TimeUnit.SECONDS);
        assertTrue(item != null, "nothing came for 20 s");
        return item;
    }

    private static <T extends Received> List<String> texts(BlockingQueue<T> queue, int count)
            throws InterruptedException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            T item = next(queue);
            texts.add(item.text());
            if (item instanceof Delivery delivery) {
                delivery.acknowledge();
            }
        }
        return texts;
    }
}
