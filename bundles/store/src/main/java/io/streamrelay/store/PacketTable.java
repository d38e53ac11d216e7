// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoredPacket;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The packets on disk, as the writer changes them, and what it knows of them in memory. */
final class PacketTable {

    private static final String DELETE = "DELETE FROM packets WHERE seq = ? RETURNING length(bytes), born_ms";

    private final PacketIndex index = new PacketIndex();
    private final SeenTable seen;
    private final Undo undo;
    private final Statements statements;
    private final MarkTable passedOn;
    private final MarkTable delivered;
    private long nextSeq = 1;
    private long bytes;

    private volatile long packetsNow;
    private volatile long bytesNow;

    PacketTable(Statements statements, SeenTable seen, Undo undo) {
        this.statements = statements;
        this.seen = seen;
        this.undo = undo;
        passedOn = new MarkTable(statements, "passed_on");
        delivered = new MarkTable(statements, "delivered");
    }

    /**
     * Reads all packets.
     *
     * @return the latest node time at which a packet was born, 0 without packets
     */
    long load(DamagedRows damaged) throws SQLException {
        long latestBirth = 0;
        try (ResultSet rows = statements.of(PacketRow.SELECT + " ORDER BY seq").executeQuery()) {
            while (rows.next()) {
                PacketRow row = PacketRow.read(rows);
                if (row.isSound() && index.putIfAbsent(row.key(), row.seq())) {
                    bytes += row.bytes().length;
                    latestBirth = Math.max(latestBirth, row.bornMs());
                } else {
                    damaged.add("packets", "seq", row.seq());
                }
                nextSeq = Math.max(nextSeq, row.seq() + 1);
            }
        }
        // No row may take the place of one whose marks or whose trace among the seen are still there.
        long lastTrace = Math.max(seen.lastSeq(), Math.max(passedOn.lastSeq(), delivered.lastSeq()));
        nextSeq = Math.max(nextSeq, lastTrace + 1);
        return latestBirth;
    }

    /** @param nowMs node time */
    void put(StoredPacket packet, long nowMs) throws SQLException {
        PacketRow row = PacketRow.of(nextSeq, packet, nowMs);
        if (!index.putIfAbsent(row.key(), row.seq())) {
            return;
        }
        undo.add(() -> index.remove(row.key()));
        nextSeq++;
        PreparedStatement insert = statements.of(PacketRow.INSERT);
        row.bind(insert);
        insert.executeUpdate();
        changeBytes(row.bytes().length);
    }

    void passedOn(Id id) throws SQLException {
        mark(passedOn, id);
    }

    void delivered(Id id) throws SQLException {
        mark(delivered, id);
    }

    private void mark(MarkTable table, Id id) throws SQLException {
        long seq = index.find(PacketRow.key(id.bytes()));
        if (seq != 0) {
            table.add(seq);
        }
    }

    /** Removes a packet, but keeps in mind that it was there. */
    void remove(Id id) throws SQLException {
        remove(id, true);
    }

    /** Removes a packet and every trace of it. */
    void evict(Id id) throws SQLException {
        remove(id, false);
    }

    private void remove(Id id, boolean remember) throws SQLException {
        long key = PacketRow.key(id.bytes());
        long seq = index.find(key);
        if (seq == 0) {
            return;
        }
        index.remove(key);
        undo.add(() -> index.putIfAbsent(key, seq));
        passedOn.remove(seq);
        delivered.remove(seq);
        PreparedStatement delete = statements.of(DELETE);
        delete.setLong(1, seq);
        try (ResultSet removed = delete.executeQuery()) {
            while (removed.next()) {
                changeBytes(-removed.getLong(1));
                if (remember) {
                    seen.add(new SeenRow(seq, key, removed.getLong(2)));
                }
            }
        }
    }

    private void changeBytes(long difference) {
        bytes += difference;
        undo.add(() -> bytes -= difference);
    }

    /** Lets others see what is committed. */
    void publish() {
        packetsNow = index.size();
        bytesNow = bytes;
    }

    long packets() {
        return packetsNow;
    }

    long bytes() {
        return bytesNow;
    }
}
