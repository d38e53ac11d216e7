// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.Drop;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NodeInfo;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.api.ProxiedPeer;
import io.streamrelay.api.Registration;
import io.streamrelay.api.StoreInfo;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.PacketStoreFactory;
import io.streamrelay.api.transport.DatagramTransport;
import io.streamrelay.api.transport.LanDiscovery;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Engine;
import io.streamrelay.gossip.engine.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The threads and parts of an open node: how they are put together, and in which order they begin and end. */
final class NodeRuntime {

    /** How long closing waits for what was accepted to be committed: the promise of StreamRelay.close. */
    static final long SETTLE_MS = 5_000;

    private final Identity identity;
    private final Consumer<Identity> whenEnded;
    private volatile NodeConfig config;
    private final NodeClock clock = NodeClock.system();
    private final long openedMs = clock.now().monotonicMs();
    private final Counters counters = new Counters();
    private final EventQueue queue = new EventQueue();
    private final Publications publications = new Publications(queue, counters);
    private final Backlog opening = new Backlog(Backlog.MESSAGES_MAX, queue::pauseDatagrams);
    private final Backlog listening = new Backlog(Backlog.MESSAGES_MAX, queue::pauseDatagrams);
    private final AtomicBoolean closed = new AtomicBoolean();

    private final PacketStore store;
    private final long epoch;
    private final LiveSockets sockets;
    private final Engine engine;
    private final Workers workers;
    private final Dispatcher dispatcher;
    private final ExecutorService completions;
    private final OpenQueries queries;
    private final QueryHandlers handlers;
    private final Resolver resolver;
    private final Drops drops;
    private final KeptDrops keptDrops;
    private final Trails trails = new Trails(clock);
    private final KeySuccession succession;
    private final SubclusterRegistry subclusters;
    private final ReadyListeners ready;
    private final NodeObserver observer;
    private final LanWatch lan;
    private final NodeLoop loop;
    private final Thread loopThread;

    /** @param whenEnded what becomes of the identity when nobody signs any more */
    NodeRuntime(
            Identity identity,
            Consumer<Identity> whenEnded,
            NodeConfig config,
            KeyRing keys,
            DatagramTransport transport,
            LanDiscovery discovery,
            PacketStoreFactory stores)
            throws IOException {
        this.identity = identity;
        this.whenEnded = whenEnded;
        this.config = config;
        store = openStore(stores);
        try {
            epoch = store.nextEpoch();
            keptDrops = KeptDrops.restore(store, counters);
            succession = new KeySuccession(config.directory(), keys, clock);
            sockets = new LiveSockets(transport, config.transport(), this::received);
        } catch (IOException | UncheckedIOException e) {
            store.close();
            whenEnded.accept(identity);
            throw e;
        }
        String name = "srp-" + sockets.port(SocketId.MAIN);
        workers = new Workers(name);
        dispatcher = new Dispatcher(name, listening, counters);
        completions = Threads.pool(1, name + "-completions");
        queries = new OpenQueries(queue, completions, counters);
        handlers = new QueryHandlers(queue, dispatcher);
        resolver = new Resolver(name, sockets::resolve, queue);
        drops = new Drops(counters, dispatcher);
        NodeParts parts = parts(keys);
        subclusters = new SubclusterRegistry(parts, succession);
        ready = new ReadyListeners(dispatcher, this::info);
        observer = new NodeObserver(parts, ready, subclusters);
        engine = new Engine(
                config.engine(identity.peerId()), new SecureRandom(), new ControlKeys(identity, keys), epoch);
        loop = new NodeLoop(engine::handle, engine::nextDeadlineMs, queue, clock, outlets(), this::died);
        loopThread = Threads.named(name + "-engine").newThread(loop);
        lan = new LanWatch(discovery, sockets, identity.peerId(), queue);
        start();
    }

    private PacketStore openStore(PacketStoreFactory stores) throws IOException {
        try {
            return stores.open(config.directory());
        } catch (IOException | UncheckedIOException e) {
            whenEnded.accept(identity);
            throw e;
        }
    }

    private NodeParts parts(KeyRing keys) {
        return new NodeParts(
                identity,
                epoch,
                keys,
                clock,
                queue,
                publications,
                workers,
                dispatcher,
                opening,
                listening,
                store,
                new ConsumerBook(new ConsumerParts(store, dispatcher, drops, trails, workers::after, clock)),
                counters,
                drops,
                trails,
                completions);
    }

    private Outlets outlets() {
        return new Outlets(
                sockets,
                new Committer(store, queue),
                publications,
                this::deliver,
                subclusters::letGo,
                queries,
                handlers,
                resolver,
                observer);
    }

    private void start() {
        queue.fact(sockets.opened());
        queue.fact(new Event.Restored(store.packets(), store.seen(), store.peers(), OrderBook.subclusters(store)));
        loopThread.start();
        workers.every(AddressWatch.INTERVAL_MS, new AddressWatch(sockets, queue)::look);
        lan.configure(config);
        workers.every(AddressWatch.INTERVAL_MS, lan::look);
        workers.every(Backlog.LOOK_MS, listening::look);
        workers.every(SubclusterRegistry.LOOK_MS, subclusters::look);
        workers.every(KeptDrops.SAVE_MS, keptDrops::save);
    }

    private void received(SocketId socket, Endpoint from, byte[] datagram) {
        if (!queue.offerDatagram(new Event.Datagram(socket, from, datagram))) {
            counters.increment("drop.engine-busy");
        }
    }

    private void deliver(Action.Incoming message) {
        if (!subclusters.receive(message)) {
            drops.drop("subcluster-closed", null);
            queue.fact(new Event.Taken(message.packetId()));
        }
    }

    /** @param otherSockets whether the sockets are to be opened anew */
    void configure(NodeConfig changed, boolean otherSockets) throws IOException {
        if (otherSockets) {
            try {
                sockets.reopen(changed.transport());
            } finally {
                // Also the old ones are on another port now if any was good enough.
                queue.fact(sockets.opened());
            }
        }
        config = changed;
        queue.command(new Event.Configured(changed.engine(identity.peerId())));
        lan.configure(changed);
    }

    SubclusterRegistry subclusters() {
        return subclusters;
    }

    OpenQueries queries() {
        return queries;
    }

    QueryHandlers handlers() {
        return handlers;
    }

    NodeInfo info() {
        NodeObserver.Self self = observer.self();
        return new NodeInfo(
                identity.peerId(),
                config.cluster(),
                identity.senderKey(),
                sockets.port(SocketId.MAIN),
                sockets.port(SocketId.PROBE),
                self.natType(),
                self.reflexive(),
                observer.connected(),
                clock.now().monotonicMs() - openedMs,
                TimeUnit.SECONDS.toMillis(config.keepAliveSeconds()));
    }

    List<PeerInfo> peers() {
        return loop.ask(() -> engine.peers(clock.now().monotonicMs()), List.of());
    }

    List<ProxiedPeer> proxiedPeers() {
        return loop.ask(() -> engine.proxiedPeers(clock.now().monotonicMs()), List.of());
    }

    StoreInfo store() {
        return loop.ask(engine::store, new StoreInfo(0, 0, 0, 0, List.of()));
    }

    Trails trails() {
        return trails;
    }

    /** Where this node is reached: as others see it, and on its own networks. */
    List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        observer.self().reflexive().ifPresent(endpoints::add);
        int port = sockets.port(SocketId.MAIN);
        for (int address : sockets.opened().localAddresses()) {
            Endpoint local = new Endpoint(address, port);
            if (!endpoints.contains(local)) {
                endpoints.add(local);
            }
        }
        if (endpoints.isEmpty()) {
            endpoints.add(Endpoint.of("127.0.0.1", port));
        }
        return endpoints;
    }

    List<AbsentPeer> absentPeers() {
        return loop.ask(() -> engine.absentPeers(clock.now().monotonicMs()), List.of());
    }

    List<BacklogInfo> backlog() {
        return loop.ask(() -> engine.backlog(clock.now().monotonicMs()), List.of());
    }

    Map<String, Long> counters() {
        Map<String, Long> all = new TreeMap<>(counters.values());
        sockets.counters().forEach((name, value) -> all.put("udp." + name, value));
        store.counters().forEach((name, value) -> all.put("store." + name, value));
        all.put("order.waiting", subclusters.room().items());
        all.put("order.waiting.bytes", subclusters.room().bytes());
        all.put("order.gaps", subclusters.room().gaps());
        return all;
    }

    Registration onReady(Consumer<? super NodeInfo> listener) {
        return ready.on(listener);
    }

    Registration onDrop(Consumer<? super Drop> listener) {
        return drops.on(listener);
    }

    private void close() {
        close(SETTLE_MS);
    }

    /** False when it was closed before. */
    boolean close(long settleMs) {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        try {
            subclusters.settle(settleMs);
            subclusters.close();
            queue.command(new Event.Closing());
            loop.stop();
            loopThread.join(Threads.END_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
        return true;
    }

    /** On the engine's thread, which cannot wait for its own end. */
    private void died() {
        publications.end();
        queries.end();
        Threads.named("srp-closing").newThread(this::close).start();
    }

    /** Each before those that it hands its work to. */
    private void end() {
        lan.close();
        sockets.close();
        resolver.close();
        subclusters.end();
        workers.close();
        publications.end();
        queries.end();
        dispatcher.close();
        keptDrops.save();
        store.close();
        completions.shutdown();
        awaitCompletions();
        whenEnded.accept(identity);
    }

    /** An application that holds up its own completions gets the rest of them later, on their thread. */
    private void awaitCompletions() {
        try {
            completions.awaitTermination(Threads.END_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
