// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.store.StoredPeer;
import io.streamrelay.api.store.StoredQueue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * A store whose packets, deliveries, consumers and notes live as long as it is open; epoch and peers survive in its
 * folder.
 */
final class MemoryPacketStore implements PacketStore {

    private final StoreFiles files;
    private final MemoryTables tables;
    private final CommitDesk desk;

    /** @param nanos a monotonic clock */
    MemoryPacketStore(StoreFiles files, StoreLimits limits, LongSupplier nanos) {
        this.files = files;
        tables = new MemoryTables(nanos);
        desk = CommitDesk.open(files, new MemoryLedger(tables), limits);
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
    public List<String> consumers() {
        return tables.consumers();
    }

    @Override
    public List<StoredPeer> peers() {
        return files.peers().mostRecentFirst();
    }

    @Override
    public Map<String, byte[]> notes(String prefix) {
        return tables.notes(prefix);
    }

    @Override
    public long nextEpoch() {
        return files.nextEpoch();
    }

    @Override
    public CompletionStage<Void> commit(List<StoreChange> changes) {
        return desk.commit(changes);
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> counters = new TreeMap<>();
        desk.addCounters(counters);
        return counters;
    }

    @Override
    public void close() {
        desk.close();
    }
}
