// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.Registration;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import io.streamrelay.gossip.node.order.OrderRoom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The subclusters that a node takes part in, and who wants to know of them. Thread-safe. */
final class SubclusterRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(SubclusterRegistry.class);

    /** How long a closed subcluster still takes what the engine has under way; far longer than that is. */
    private static final long LEAVING_MS = 10_000;

    private final NodeParts node;
    private final Map<String, MeshSubcluster> byName = new TreeMap<>();
    private final Map<Id, MeshSubcluster> byId = new ConcurrentHashMap<>();
    private final Map<Id, MeshSubcluster> leaving = new ConcurrentHashMap<>();
    private final Map<Id, SubclusterMemory> memories = new ConcurrentHashMap<>();
    private final OrderRoom room = new OrderRoom();
    private final Map<String, Listeners<Optional<Subcluster>>> watchers = new HashMap<>();
    private boolean closed;

    SubclusterRegistry(NodeParts node) {
        this.node = node;
    }

    /**
     * Opens a subcluster, changes its options, or replaces it when its key is another one.
     *
     * @throws IllegalStateException when the node is closed
     * @throws IllegalArgumentException when another name has the key
     */
    synchronized Subcluster open(SubclusterOptions options) {
        if (closed) {
            throw new IllegalStateException("the node is closed");
        }
        Sealer sealer = sealer(options.key());
        MeshSubcluster before = byName.get(options.name());
        if (before != null && before.id().equals(sealer.subclusterId())) {
            sealer.close();
            before.options(options);
            return before;
        }
        MeshSubcluster sameKey = byId.get(sealer.subclusterId());
        if (sameKey != null) {
            sealer.close();
            throw new IllegalArgumentException("name: '" + options.name() + "' has the shared key of '" + sameKey.name()
                    + "'; one of them is enough");
        }
        if (before != null) {
            before.close();
        }
        return open(options, sealer);
    }

    private Subcluster open(SubclusterOptions options, Sealer sealer) {
        Id id = sealer.subclusterId();
        SubclusterMemory memory = memories.computeIfAbsent(id, key -> SubclusterMemory.of(key, node, room));
        MeshSubcluster subcluster = new MeshSubcluster(node, options, sealer, memory, this::closed);
        byName.put(options.name(), subcluster);
        byId.put(id, subcluster);
        node.queue().command(new Event.Subscribe(id));
        LOG.info("subcluster {} is open, id {}", options.name(), id);
        tell(options.name(), Optional.of(subcluster));
        return subcluster;
    }

    private Sealer sealer(SharedKey key) {
        byte[] bytes = key.passphrase() == null ? key.bytes() : node.keys().sharedKey(key.passphrase());
        try {
            return node.keys().sealer(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private synchronized void closed(MeshSubcluster subcluster) {
        leave(subcluster);
        if (byName.remove(subcluster.name(), subcluster)) {
            LOG.info("subcluster {} is closed", subcluster.name());
            tell(subcluster.name(), Optional.empty());
        }
    }

    /** The engine may still have messages for it that it will not hand out again: they go to its consumers. */
    private void leave(MeshSubcluster subcluster) {
        MeshSubcluster before = leaving.put(subcluster.id(), subcluster);
        if (before != null) {
            before.end();
        }
        byId.remove(subcluster.id(), subcluster);
        // Here, under the lock: nobody's Subscribe may come before it and be undone by it.
        node.queue().command(new Event.Unsubscribe(subcluster.id()));
        node.workers().after(LEAVING_MS, () -> {
            if (leaving.remove(subcluster.id(), subcluster)) {
                subcluster.end();
            }
        });
    }

    synchronized Optional<Subcluster> byName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<MeshSubcluster> byId(Id id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Hands on a message; false when the subcluster was closed long ago. */
    boolean receive(Action.Incoming message) {
        MeshSubcluster open = byId.get(message.subcluster());
        MeshSubcluster taker = open == null ? leaving.get(message.subcluster()) : open;
        if (taker != null) {
            taker.receive(message);
        }
        return taker != null;
    }

    /** The store has let go of a packet whose message was handed out, to a subcluster that may be closed by now. */
    void letGo(Id subcluster, Id packetId) {
        SubclusterMemory memory = memories.get(subcluster);
        if (memory != null) {
            memory.letGo(packetId, node.clock());
        }
    }

    /** What waits for those before it. */
    OrderRoom room() {
        return room;
    }

    synchronized List<Subcluster> all() {
        return List.copyOf(byName.values());
    }

    synchronized Registration watch(String name, Consumer<Optional<Subcluster>> watcher) {
        Registration registration =
                watchers.computeIfAbsent(name, key -> new Listeners<>()).add(watcher);
        Optional<Subcluster> present = byName(name);
        node.dispatcher().event(() -> watcher.accept(present));
        return registration;
    }

    private void tell(String name, Optional<Subcluster> subcluster) {
        Listeners<Optional<Subcluster>> interested = watchers.get(name);
        if (interested != null) {
            interested.forEach(watcher -> node.dispatcher().event(() -> watcher.accept(subcluster)));
        }
    }

    /** Lets none be opened any more, and waits until what was taken to be sent is settled. */
    void settle(long timeoutMs) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        synchronized (this) {
            closed = true;
        }
        for (MeshSubcluster subcluster : byId.values()) {
            subcluster.settle(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
    }

    /** Closes all. */
    void close() {
        all().forEach(Subcluster::close);
    }

    /** Forgets the keys of those that were closed. */
    void end() {
        leaving.values().forEach(MeshSubcluster::end);
        leaving.clear();
    }
}
