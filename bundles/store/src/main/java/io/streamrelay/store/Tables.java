// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredQueue;
import java.sql.SQLException;
import java.util.Map;

/** All tables, as the writer changes them. A change of the contract becomes rows here. */
final class Tables {

    /** As many as the engine remembers, twice: see the contract. */
    private static final int SEEN_ROWS = 1 << 19;

    private static final int SEEN_TRIM_STEP = 1_024;

    private final PacketTable packets;
    private final ConsumerTable consumers;
    private final DeliveryTable deliveries;
    private final QueueSums sums;
    private final NoteTable notes;
    private final Undo undo = new Undo();

    private Tables(Statements statements) throws SQLException {
        SeenTable seen = new SeenTable(statements, undo, SEEN_ROWS, SEEN_TRIM_STEP);
        seen.load();
        packets = new PacketTable(statements, seen, undo);
        consumers = new ConsumerTable(statements, undo);
        sums = new QueueSums(undo);
        deliveries = new DeliveryTable(statements, consumers, sums);
        notes = new NoteTable(statements, undo);
    }

    /** The tables with all that is on disk, and the latest node time that is known from the packets. */
    record Loaded(Tables tables, long latestBirthMs) {}

    static Loaded load(Statements statements, DamagedRows damaged, LogScan log) throws SQLException {
        Tables tables = new Tables(statements);
        long latestBirth = tables.packets.load(damaged, log);
        tables.consumers.load(damaged);
        tables.deliveries.load(damaged);
        tables.notes.load(damaged);
        tables.committed();
        return new Loaded(tables, latestBirth);
    }

    /**
     * Makes one change, within a transaction. {@code PutPeer} is no matter of the database.
     *
     * @param nowMs when it was made, by node time
     * @param segment of the log that it is in
     */
    void apply(StoreChange change, long nowMs, int segment) throws SQLException {
        if (change instanceof StoreChange.PutPacket put) {
            packets.put(put.packet(), nowMs, segment);
        } else if (change instanceof StoreChange.PacketPassedOn passedOn) {
            packets.passedOn(passedOn.id());
        } else if (change instanceof StoreChange.PacketDelivered delivered) {
            packets.delivered(delivered.id());
        } else if (change instanceof StoreChange.RemovePacket remove) {
            packets.remove(remove.id());
        } else if (change instanceof StoreChange.EvictPacket evict) {
            packets.evict(evict.id());
        } else {
            applyOther(change, nowMs);
        }
    }

    private void applyOther(StoreChange change, long nowMs) throws SQLException {
        if (change instanceof StoreChange.PutConsumer put) {
            consumers.number(put.consumer());
        } else if (change instanceof StoreChange.PutDelivery put) {
            deliveries.put(put.delivery(), nowMs);
        } else if (change instanceof StoreChange.RemoveDelivery remove) {
            deliveries.remove(remove.consumer(), remove.number());
        } else if (change instanceof StoreChange.PutNote put) {
            notes.put(put.key(), put.value());
        } else if (change instanceof StoreChange.RemoveNote remove) {
            notes.remove(remove.key());
        }
    }

    /** The transaction has failed: nothing of it is left in memory either. */
    void takeBack() {
        undo.takeBack();
    }

    /** The transaction is on the disk: others may see it. */
    void committed() {
        undo.forget();
        packets.publish();
        consumers.publish();
        sums.publish();
    }

    /** Whether a packet is there, by {@link PacketRow#key()}; asked by whoever writes. */
    boolean holds(long key) {
        return packets.holds(key);
    }

    PacketHomes homes() {
        return packets.homes();
    }

    /** The consumers' names and what stands for each. */
    Map<String, Integer> consumers() {
        return consumers.committed();
    }

    StoredQueue queue(String consumer) {
        return sums.committed(consumer);
    }

    void addCounters(Map<String, Long> counters) {
        StoredQueue all = sums.total();
        counters.put("packets", packets.packets());
        counters.put("packets.bytes", packets.bytes());
        counters.put("consumers", (long) consumers.committed().size());
        counters.put("deliveries", all.deliveries());
        counters.put("deliveries.bytes", all.bytes());
    }
}
