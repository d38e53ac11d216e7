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

/** A store on disk: what it says is committed survives the process and the power. */
final class SqlitePacketStore implements PacketStore {

    private final StoreFiles files;
    private final LoggedTransactions database;
    private final CommitDesk desk;

    SqlitePacketStore(StoreFiles files, LoggedTransactions database, CommitDesk desk) {
        this.files = files;
        this.database = database;
        this.desk = desk;
    }

    @Override
    public List<StoredPacket> packets() {
        return database.packets();
    }

    @Override
    public long[] seen() {
        return database.current().reader().seen();
    }

    @Override
    public StoredQueue queue(String consumer) {
        return database.current().tables().queue(consumer);
    }

    @Override
    public List<StoredDelivery> deliveries(String consumer, long after, int max) {
        OpenDatabase now = database.current();
        Integer no = now.tables().consumers().get(consumer);
        return no == null ? List.of() : now.reader().deliveries(consumer, no, after, max);
    }

    @Override
    public List<String> consumers() {
        return List.copyOf(database.current().tables().consumers().keySet());
    }

    @Override
    public List<StoredPeer> peers() {
        return files.peers().mostRecentFirst();
    }

    @Override
    public Map<String, byte[]> notes(String prefix) {
        return database.notes(prefix);
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
        database.addCounters(counters);
        return counters;
    }

    @Override
    public void close() {
        desk.close();
    }
}
