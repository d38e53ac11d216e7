// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static java.util.stream.Collectors.groupingBy;

import io.streamrelay.api.Id;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import io.streamrelay.api.Registration;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import io.streamrelay.gossip.node.order.OrderRoom;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The subclusters that a node takes part in, and who wants to know of them. Thread-safe. */
final class SubclusterRegistry implements SubclusterHost {

    private static final Logger LOG = LoggerFactory.getLogger(SubclusterRegistry.class);

    /** How long a closed subcluster still takes what the engine has under way; far longer than that is. */
    private static final long LEAVING_MS = 10_000;

    /** How often it is looked whether a former key's time is over. Our own choice. */
    static final long LOOK_MS = 10_000;

    private final NodeParts node;
    private final KeySuccession succession;
    private final KeyWatch keyWatch;
    private final Set<MeshSubcluster> formers = new LinkedHashSet<>();
    private final Map<String, MeshSubcluster> byName = new TreeMap<>();
    private final Map<Id, MeshSubcluster> byId = new ConcurrentHashMap<>();
    private final Map<Id, MeshSubcluster> leaving = new ConcurrentHashMap<>();
    private final Map<Id, SubclusterMemory> memories = new ConcurrentHashMap<>();
    private final OrderRoom room = new OrderRoom();
    private final Map<String, Listeners<Optional<Subcluster>>> watchers = new HashMap<>();
    private boolean closed;

    SubclusterRegistry(NodeParts node, KeySuccession succession) {
        this.node = node;
        this.succession = succession;
        this.keyWatch = new KeyWatch(succession, () -> node.workers().execute(this::follow));
    }

    /**
     * Opens a subcluster, changes its options, or replaces it when its key is another one. Where other keys have come
     * after the one in the options, the last of them is taken.
     *
     * @throws IllegalStateException when the node is closed
     * @throws IllegalArgumentException when another name has the key
     */
    synchronized Subcluster open(SubclusterOptions options) {
        if (closed) {
            throw new IllegalStateException("the node is closed");
        }
        List<SharedKey> keys = keys(options.key());
        SharedKey present = keys.get(keys.size() - 1);
        Sealer sealer = sealer(present);
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
        if (before != null && succession.after(before.id()).isPresent()) {
            retire(before);
        } else if (before != null) {
            before.close();
        }
        MeshSubcluster subcluster = open(options, present, sealer);
        keys.subList(0, keys.size() - 1).forEach(former -> openFormer(options, former));
        formersOf(options.name()).forEach(former -> former.handTo(subcluster));
        byName.put(options.name(), subcluster);
        LOG.info("subcluster {} is open, id {}", options.name(), subcluster.id());
        tell(options.name(), Optional.of(subcluster));
        return subcluster;
    }

    private MeshSubcluster open(SubclusterOptions options, SharedKey key, Sealer sealer) {
        Id id = sealer.subclusterId();
        SubclusterMemory memory = memories.computeIfAbsent(id, fresh -> SubclusterMemory.of(fresh, node, room));
        byte[] bytes = bytes(key);
        MeshSubcluster subcluster =
                new MeshSubcluster(node, options, new KeyedSealer(SharedKey.ofBytes(bytes), sealer), memory, this);
        Arrays.fill(bytes, (byte) 0);
        byId.put(id, subcluster);
        node.queue().command(new Event.Subscribe(id));
        return subcluster;
    }

    /** The key that a subcluster was configured with, and those that came after it. */
    private List<SharedKey> keys(SharedKey configured) {
        List<SharedKey> keys = new ArrayList<>(List.of(configured));
        Sealer sealer = sealer(configured);
        Optional<KeySuccession.Entry> next = succession.after(sealer.subclusterId());
        sealer.close();
        while (next.isPresent()) {
            keys.add(SharedKey.ofBytes(next.get().nextKey()));
            next = succession.after(next.get().nextId());
        }
        return keys;
    }

    /** A key whose time is not over opens messages, also after a restart. */
    private void openFormer(SubclusterOptions options, SharedKey key) {
        Sealer sealer = sealer(key);
        Id id = sealer.subclusterId();
        if (succession.isOver(id) || byId.containsKey(id)) {
            sealer.close();
            return;
        }
        retire(open(options, key, sealer));
    }

    /** It sends no more, and what comes in for it is still opened. */
    private void retire(MeshSubcluster subcluster) {
        byName.remove(subcluster.name(), subcluster);
        formers.add(subcluster);
        subcluster.retire();
        LOG.info("subcluster {}: a former key opens messages still, id {}", subcluster.name(), subcluster.id());
    }

    private List<MeshSubcluster> formersOf(String name) {
        return formers.stream().filter(former -> former.name().equals(name)).toList();
    }

    /** Some subcluster's present key is another one. */
    private synchronized void follow() {
        if (!closed) {
            List.copyOf(byName.values()).forEach(this::reopen);
        }
    }

    private void reopen(MeshSubcluster subcluster) {
        try {
            open(subcluster.options());
        } catch (IllegalArgumentException e) {
            // The others are to follow all the same.
            LOG.error("subcluster {} stays with its former key: {}", subcluster.name(), e.getMessage());
        }
    }

    /** Lets go of former keys whose time is over. */
    synchronized void look() {
        for (MeshSubcluster former : List.copyOf(formers)) {
            if (succession.isOver(former.id())) {
                LOG.info("subcluster {}: a former key opens no more, id {}", former.name(), former.id());
                formers.remove(former);
                leave(former);
            }
        }
    }

    @Override
    public KeyWatch keys() {
        return keyWatch;
    }

    @Override
    public synchronized int formerKeys(MeshSubcluster subcluster) {
        return formersOf(subcluster.name()).size();
    }

    @Override
    public CompletionStage<Receipt> rotate(MeshSubcluster subcluster, Duration overlap) {
        byte[] next = node.keys().randomKey();
        return subcluster
                .send(new KeyMessage(subcluster.id(), next, overlap).message())
                .thenApply(receipt -> {
                    succeed(subcluster, next, overlap);
                    return receipt;
                });
    }

    private void succeed(MeshSubcluster subcluster, byte[] next, Duration overlap) {
        try {
            succession.put(subcluster.id(), next, overlap);
            follow();
        } catch (IOException e) {
            throw new RefusedException(
                    Refusal.STORE_FAILED,
                    "the next key was told to the members and cannot be kept here: " + e.getMessage());
        } finally {
            Arrays.fill(next, (byte) 0);
        }
    }

    /** @throws IllegalArgumentException when none of that name is open */
    synchronized MeshSubcluster keyed(String name) {
        MeshSubcluster subcluster = byName.get(name);
        if (subcluster == null) {
            throw new IllegalArgumentException("there is no subcluster '" + name + "'; there are " + byName.keySet());
        }
        return subcluster;
    }

    private Sealer sealer(SharedKey key) {
        byte[] bytes = bytes(key);
        try {
            return node.keys().sealer(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private byte[] bytes(SharedKey key) {
        return key.passphrase() == null ? key.bytes() : node.keys().sharedKey(key.passphrase());
    }

    @Override
    public synchronized void closed(MeshSubcluster subcluster) {
        leave(subcluster);
        for (MeshSubcluster former : formersOf(subcluster.name())) {
            formers.remove(former);
            leave(former);
        }
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

    /** The engine has let go of packets whose messages were handed out, to subclusters that may be closed by now. */
    void letGo(List<Action.LetGo> gone) {
        gone.stream().collect(groupingBy(Action.LetGo::subcluster)).forEach((subcluster, packets) -> {
            SubclusterMemory memory = memories.get(subcluster);
            if (memory == null) {
                // They were delivered before this start.
                SubclusterMemory.remove(packets, node.store());
            } else {
                memory.letGo(packets, node);
            }
        });
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
