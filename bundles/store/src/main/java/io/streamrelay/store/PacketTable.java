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

    private static final String DELETE = "DELETE FROM packets WHERE seq = ? RETURNING "
            + "CASE typeof(bytes) WHEN 'integer' THEN bytes ELSE length(bytes) END, born_ms";

    private final PacketIndex index = new PacketIndex();
    private final PacketHomes homes = new PacketHomes();
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
     * Reads all packets; one whose content is neither here nor in the log is damaged.
     *
     * @return the latest node time at which a packet was born, 0 without packets
     */
    long load(DamagedRows damaged, LogScan log) throws SQLException {
        long latestBirth = 0;
        try (ResultSet rows = statements.of(PacketRow.SELECT + " ORDER BY seq").executeQuery()) {
            while (rows.next()) {
                PacketRow row = PacketRow.read(rows);
                int home = row.isSound() && row.isInLog() ? log.home(row.key()) : 0;
                boolean isThere = row.isSound() && (!row.isInLog() || home != 0);
                if (isThere && index.putIfAbsent(row.key(), row.seq())) {
                    bytes += row.size();
                    if (home != 0) {
                        homes.put(row.key(), home, row.size());
                    }
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

    /**
     * @param nowMs node time
     * @param segment of the log, with its content
     */
    void put(StoredPacket packet, long nowMs, int segment) throws SQLException {
        PacketRow row = PacketRow.of(nextSeq, packet, nowMs);
        if (!index.putIfAbsent(row.key(), row.seq())) {
            return;
        }
        homes.put(row.key(), segment, row.size());
        undo.add(() -> {
            index.remove(row.key());
            homes.remove(row.key(), row.size());
        });
        nextSeq++;
        PreparedStatement insert = statements.of(PacketRow.INSERT);
        row.bind(insert);
        insert.executeUpdate();
        changeBytes(row.size());
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
                long size = removed.getLong(1);
                changeBytes(-size);
                int home = homes.remove(key, size);
                if (home != 0) {
                    undo.add(() -> homes.put(key, home, size));
                }
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

    boolean holds(long key) {
        return index.find(key) != 0;
    }

    /** Where the packets' contents are. */
    PacketHomes homes() {
        return homes;
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
