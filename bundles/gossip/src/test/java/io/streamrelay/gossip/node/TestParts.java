// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.store.PacketStore;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import io.streamrelay.store.MemoryPacketStoreFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The parts of a node without its engine: a test reads what would go there, and answers. */
final class TestParts implements AutoCloseable {

    static final Id PACKET = Id.ofHex("77".repeat(32));

    final KeyRing keys = new BouncyKeyRing();
    final Identity identity;
    final TestClock clock = new TestClock();
    final EventQueue queue = new EventQueue();
    final Counters counters = new Counters();
    final Publications publications = new Publications(queue, counters);
    final Backlog opening = new Backlog(Backlog.MESSAGES_MAX, queue::pauseDatagrams);
    final Backlog listening = new Backlog(Backlog.MESSAGES_MAX, queue::pauseDatagrams);
    final Workers workers = new Workers("test");
    final Dispatcher dispatcher = new Dispatcher("test", listening, counters);
    final ExecutorService completions = Executors.newSingleThreadExecutor();
    final OpenQueries queries = new OpenQueries(queue, completions, counters);
    final Drops drops = new Drops(counters, dispatcher);
    final Trails trails = new Trails(clock);
    final PacketStore store;
    final NodeParts parts;

    TestParts(Path directory) throws IOException {
        this(directory, OutboxRoom.BYTES_MAX);
    }

    /** @param roomBytes how many bytes wait for one consumer */
    TestParts(Path directory, long roomBytes) throws IOException {
        identity = Identity.ofSeed(keys, keys.randomKey());
        store = new MemoryPacketStoreFactory().open(directory);
        ConsumerBook consumers =
                new ConsumerBook(new ConsumerParts(store, dispatcher, drops, trails, workers::after, clock), roomBytes);
        parts = new NodeParts(
                identity,
                1,
                keys,
                clock,
                queue,
                publications,
                workers,
                dispatcher,
                opening,
                listening,
                store,
                consumers,
                counters,
                drops,
                trails,
                completions);
    }

    /** Of keys that follow each other in memory alone. */
    KeySuccession succession() {
        try {
            return new KeySuccession(null, keys, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KeyWatch keyWatch() {
        return new KeyWatch(succession(), () -> {});
    }

    /** The next events for the engine; waits for a first one. */
    List<Event> events() throws InterruptedException {
        List<Event> events = new ArrayList<>();
        queue.take(events, 1_000, 10_000);
        return events;
    }

    Event.Publish nextPublish() throws InterruptedException {
        return (Event.Publish) events().get(0);
    }

    void accept(Event.Publish publish) {
        publications.accepted(new Action.Accepted(publish.token(), PACKET, 1));
    }

    /** Waits until everything that was handed to this lane so far is done. */
    static void await(Lane lane) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        lane.execute(() -> done.complete(null));
        done.get(10, TimeUnit.SECONDS);
    }

    /** Waits until the listeners were told everything so far. */
    void awaitListeners() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        dispatcher.event(() -> done.complete(null));
        done.get(10, TimeUnit.SECONDS);
    }

    long counter(String name) {
        return counters.values().getOrDefault(name, 0L);
    }

    @Override
    public void close() {
        workers.close();
        dispatcher.close();
        completions.shutdownNow();
        store.close();
    }
}
