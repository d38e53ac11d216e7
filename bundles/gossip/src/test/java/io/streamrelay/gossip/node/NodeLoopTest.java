// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import io.streamrelay.gossip.engine.Now;
import io.streamrelay.gossip.engine.Observation;
import io.streamrelay.transport.UdpTransport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLoopTest {

    private final BlockingQueue<Event> handled = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> carriedOut = new LinkedBlockingQueue<>();
    private volatile long deadlineMs = Long.MAX_VALUE;
    private volatile BiFunction<Event, Now, List<Action>> engine = (event, now) -> List.of();
    private volatile Runnable onHandedOn = () -> {};
    private TestParts parts;
    private LiveSockets sockets;
    private Resolver resolver;
    private NodeLoop loop;
    private Thread thread;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        parts = new TestParts(folder);
        sockets = new LiveSockets(
                new UdpTransport(),
                NodeConfig.builder(folder).address("127.0.0.1").port(0).build().transport(),
                (socket, from, datagram) -> carriedOut.add(datagram.length));
        resolver = new Resolver("test", host -> List.of(7), parts.queue);
        Outlets outlets = new Outlets(
                sockets,
                new Committer(parts.store, parts.queue),
                parts.publications,
                message -> handedOn(List.of(message)),
                this::handedOn,
                parts.queries,
                new QueryHandlers(parts.queue, parts.dispatcher),
                resolver,
                carriedOut::add);
        loop = new NodeLoop(
                this::handle, () -> deadlineMs, parts.queue, parts.clock, outlets, () -> carriedOut.add("died"));
        thread = new Thread(loop);
        thread.start();
    }

    private void handedOn(List<?> what) {
        onHandedOn.run();
        carriedOut.addAll(what);
    }

    private List<Action> handle(Event event, Now now) {
        handled.add(event);
        return engine.apply(event, now);
    }

    @AfterEach
    void close() throws Exception {
        loop.stop();
        thread.join(10_000);
        sockets.close();
        resolver.close();
        parts.close();
    }

    @Test
    void tellsTheEngineThatItsChangesAreCommitted() throws Exception {
        engine = (event, now) -> event instanceof Event.Subscribe subscribe
                ? List.of(new Action.Persist(5, List.of(new StoreChange.PutConsumer("c"))))
                : List.of();
        parts.queue.command(new Event.Subscribe(TestParts.PACKET));
        assertInstanceOf(Event.Subscribe.class, next());
        assertEquals(new Event.Committed(5), next());
        assertEquals(List.of("c"), parts.store.consumers());
    }

    @Test
    void answersWithTheAddressesOfAName() throws Exception {
        engine = (event, now) ->
                event instanceof Event.Subscribe ? List.of(new Action.Resolve("somewhere", 19_777)) : List.of();
        parts.queue.command(new Event.Subscribe(TestParts.PACKET));
        assertInstanceOf(Event.Subscribe.class, next());
        assertEquals(new Event.Resolved("somewhere", 19_777, List.of(7)), next());
    }

    @Test
    void sendsDatagrams() throws Exception {
        Endpoint self = Endpoint.of("127.0.0.1", sockets.port(SocketId.MAIN));
        engine = (event, now) -> List.of(new Action.Send(SocketId.PROBE, self, new byte[33]));
        parts.queue.command(new Event.Closing());
        assertEquals(33, carriedOut.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void handsOnObservations() throws Exception {
        Observation observation = new Observation.Counted("x", 1);
        engine = (event, now) -> List.of(new Action.Observe(observation));
        parts.queue.command(new Event.Closing());
        assertEquals(observation, carriedOut.poll(10, TimeUnit.SECONDS));
    }

    /** The note that it was delivered is for what the same batch may have put into the store. */
    @Test
    void handsOnDeliveriesWhenTheStoreHasGotThem() throws Exception {
        Action.Incoming message = new Action.Incoming(
                TestParts.PACKET, TestParts.PACKET, null, null, null, new byte[0], TestParts.PACKET, null, 0, 1);
        onHandedOn = () -> commit(new StoreChange.PacketDelivered(TestParts.PACKET));
        engine = (event, now) -> List.of(new Action.Deliver(message), put());
        parts.queue.command(new Event.Closing());
        assertEquals(message, carriedOut.poll(10, TimeUnit.SECONDS));
        awaitCommits();
        assertEquals(
                List.of(true),
                parts.store.packets().stream().map(StoredPacket::delivered).toList());
    }

    /** It may have been put into the store by the same batch, and is to be removed after that. */
    @Test
    void handsOnWhatIsLetGoWhenTheStoreHasGotTheRest() throws Exception {
        Action.LetGo gone = new Action.LetGo(TestParts.PACKET, TestParts.PACKET, TestParts.PACKET);
        onHandedOn = () -> commit(new StoreChange.RemovePacket(TestParts.PACKET));
        engine = (event, now) -> List.of(gone, put());
        parts.queue.command(new Event.Closing());
        assertEquals(gone, carriedOut.poll(10, TimeUnit.SECONDS));
        awaitCommits();
        assertEquals(List.of(), parts.store.packets());
    }

    private static Action put() {
        StoredPacket packet = StoredPacket.fresh(TestParts.PACKET, new byte[9], false, 0, 9_000);
        return new Action.Persist(0, List.of(new StoreChange.PutPacket(packet)));
    }

    private void commit(StoreChange change) {
        parts.store.commit(List.of(change));
    }

    private void awaitCommits() throws Exception {
        parts.store.commit(List.of()).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void completesWhatWasPublished() throws Exception {
        engine = (event, now) -> event instanceof Event.Publish publish
                ? List.of(new Action.Accepted(publish.token(), TestParts.PACKET, 3))
                : List.of();
        CompletableFuture<Integer> packets = new CompletableFuture<>();
        parts.publications.publish(message(), settling(packets));
        assertEquals(3, packets.get(10, TimeUnit.SECONDS));
    }

    @Test
    void bringsTheTimerWhenItIsDue() throws Exception {
        engine = (event, now) -> {
            deadlineMs = Long.MAX_VALUE;
            return List.of();
        };
        deadlineMs = parts.clock.now().monotonicMs() + 50;
        parts.queue.nudge();
        assertTrue(handled.isEmpty());
        parts.clock.advance(50);
        parts.queue.nudge();
        assertInstanceOf(Event.TimerDue.class, next());
    }

    @Test
    void goesOnWhenTheEngineFails() throws Exception {
        engine = (event, now) -> {
            throw new IllegalStateException("a bug");
        };
        parts.queue.command(new Event.Subscribe(TestParts.PACKET));
        parts.queue.command(new Event.Unsubscribe(TestParts.PACKET));
        assertInstanceOf(Event.Subscribe.class, next());
        assertInstanceOf(Event.Unsubscribe.class, next());
    }

    @Test
    void refusesAMessageThatTheEngineFailsOn() throws Exception {
        engine = (event, now) -> {
            throw new IllegalStateException("a bug");
        };
        CompletableFuture<Integer> published = new CompletableFuture<>();
        CompletableFuture<Integer> streamed = new CompletableFuture<>();
        parts.publications.publish(message(), settling(published));
        parts.publications.stream(TestParts.PACKET, message(), settling(streamed));
        assertRefused(Refusal.STORE_FAILED, published);
        assertRefused(Refusal.STORE_FAILED, streamed);
    }

    @Test
    void refusesAMessageWhoseCommitTheEngineFailsOn() throws Exception {
        engine = (event, now) -> {
            if (event instanceof Event.Publish publish) {
                return List.of(new Action.Persist(publish.token(), List.of()));
            }
            throw new IllegalStateException("a bug");
        };
        CompletableFuture<Integer> published = new CompletableFuture<>();
        parts.publications.publish(message(), settling(published));
        assertRefused(Refusal.STORE_FAILED, published);
    }

    @Test
    void tellsWhenAnErrorEndsIt() throws Exception {
        engine = (event, now) -> {
            throw new StackOverflowError("an error");
        };
        parts.queue.command(new Event.Subscribe(TestParts.PACKET));
        assertEquals("died", carriedOut.poll(10, TimeUnit.SECONDS));
        thread.join(10_000);
        assertFalse(thread.isAlive());
        assertEquals("none", loop.ask(() -> "an answer", "none"));
    }

    @Test
    void answersQuestionsOnItsOwnThread() {
        assertEquals(thread, loop.ask(Thread::currentThread, null));
    }

    @Test
    void endsWhenItsCommandsAreDone() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            parts.queue.command(new Event.Subscribe(Id.of(new byte[32])));
        }
        loop.stop();
        thread.join(10_000);
        assertEquals(1_000, handled.size());
    }

    @Test
    void bringsTwentyThousandEventsInASecond() throws Exception {
        // The best of some, for the machine may be busy.
        long bestMs = Long.MAX_VALUE;
        for (int round = 0; round < 8 && bestMs >= 1_000; round++) {
            bestMs = Math.min(bestMs, bringMs());
        }
        assertTrue(bestMs < 1_000, "took " + bestMs + " ms at best");
    }

    private long bringMs() throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            parts.queue.command(new Event.Subscribe(TestParts.PACKET));
        }
        for (int i = 0; i < 20_000; i++) {
            next();
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private Event next() throws InterruptedException {
        return handled.poll(10, TimeUnit.SECONDS);
    }

    private static Event.Outgoing message() {
        return new Event.Outgoing(TestParts.PACKET, TestParts.PACKET, null, null, null, new byte[0], 1);
    }

    private static Settling settling(CompletableFuture<Integer> packets) {
        return new Settling(receipt -> packets.complete(receipt.packets()), packets::completeExceptionally);
    }

    private static void assertRefused(Refusal reason, CompletableFuture<Integer> stage) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> stage.get(10, TimeUnit.SECONDS));
        assertEquals(reason, ((RefusedException) failure.getCause()).reason());
    }
}
