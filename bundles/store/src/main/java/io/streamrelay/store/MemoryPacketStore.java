// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.store.StoredPeer;
import io.streamrelay.api.store.StoredQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/**
 * A store whose packets, deliveries and consumers live as long as it is open; epoch and peers survive in its folder.
 * One daemon thread, {@code srp-store-<folder>}, makes all changes.
 */
final class MemoryPacketStore implements PacketStore {

    private final StoreDirectory directory;
    private final EpochFile epochs;
    private final StoreLimits limits;
    private final MemoryTables tables = new MemoryTables();
    private final CommitQueue queue;
    private final CommitWriter writer;
    private final Thread writerThread;
    private final LongAdder refused = new LongAdder();

    private MemoryPacketStore(
            StoreDirectory directory,
            EpochFile epochs,
            PeersFile peersFile,
            List<StoredPeer> peers,
            StoreLimits limits) {
        this.directory = directory;
        this.epochs = epochs;
        this.limits = limits;
        tables.apply(heardInOrder(peers));
        queue = new CommitQueue(limits.pendingCommits());
        PeersSaver saver = new PeersSaver(peersFile, tables::peers, peers, limits.peersInterval(), System.nanoTime());
        writer = new CommitWriter(queue, tables, saver, this::release);
        writerThread = new Thread(writer, "srp-store-" + directory.path().getFileName());
        writerThread.setDaemon(true);
    }

    /** @throws IOException when a file cannot be read */
    static MemoryPacketStore open(StoreDirectory directory, EpochFile epochs, PeersFile peersFile, StoreLimits limits)
            throws IOException {
        MemoryPacketStore store = new MemoryPacketStore(directory, epochs, peersFile, peersFile.read(), limits);
        store.writerThread.start();
        return store;
    }

    private static List<StoreChange> heardInOrder(List<StoredPeer> mostRecentFirst) {
        List<StoreChange> changes = new ArrayList<>();
        mostRecentFirst.forEach(peer -> changes.add(new StoreChange.PutPeer(peer)));
        Collections.reverse(changes);
        return changes;
    }

    @Override
    public List<StoredPacket> packets() {
        return tables.packets();
    }

    @Override
    public long[] seen() {
        return tables.seen();
    }

    @Override
    public StoredQueue queue(String consumer) {
        return tables.queue(consumer);
    }

    @Override
    public List<StoredDelivery> deliveries(String consumer, long after, int max) {
        return tables.deliveries(consumer, after, max);
    }

    @Override
    public Map<String, byte[]> notes(String prefix) {
        return tables.notes(prefix);
    }

    @Override
    public List<String> consumers() {
        return tables.consumers();
    }

    @Override
    public List<StoredPeer> peers() {
        return tables.peers();
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException when it cannot be written
     * @throws IllegalStateException when the store is closed
     */
    @Override
    public long nextEpoch() {
        try {
            return epochs.next();
        } catch (IOException e) {
            throw new UncheckedIOException("the epoch cannot be written in " + directory.path(), e);
        }
    }

    /** {@inheritDoc} When too many commits wait already, it waits 5 s for its place, and then fails. */
    @Override
    public CompletionStage<Void> commit(List<StoreChange> changes) {
        Commit commit = Commit.of(changes);
        // The writer must not wait for itself: a callback that commits finds room or is refused.
        long waitNanos =
                Thread.currentThread() == writerThread ? 0 : limits.commitWait().toNanos();
        try {
            return switch (queue.offer(commit, waitNanos)) {
                case TAKEN -> commit.done();
                case FULL -> refuse("does not keep up: " + limits.pendingCommits() + " commits wait");
                case CLOSED -> refuse("is closed");
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refuse("was not waited for");
        }
    }

    private CompletionStage<Void> refuse(String why) {
        refused.increment();
        return CompletableFuture.failedStage(new IOException("the store in " + directory.path() + " " + why));
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> counters = tables.sizes();
        counters.put("commits.pending", (long) queue.size());
        counters.put("commits.done", writer.done());
        counters.put("commits.refused", refused.sum());
        return counters;
    }

    @Override
    public void close() {
        queue.close();
        if (Thread.currentThread() == writerThread) {
            return;
        }
        try {
            writerThread.join();
        } catch (InterruptedException e) {
            // The writer finishes without its caller.
            Thread.currentThread().interrupt();
        }
    }

    private void release() {
        epochs.close();
        directory.close();
    }
}
