// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Reads what is committed, over a connection of its own, so that nobody waits for the writer and its disk.
 * Thread-safe: one reads at a time. Rows that are damaged are left out.
 */
final class StoreReader {

    private static final String PACKETS = "SELECT p.seq, p.id, p.bytes, p.flags, p.born_ms, p.lifetime_ms, p.crc, "
            + "o.seq, o.crc, d.seq, d.crc FROM packets p LEFT JOIN passed_on o ON o.seq = p.seq "
            + "LEFT JOIN delivered d ON d.seq = p.seq ORDER BY p.seq";

    /** Both tables are ordered as they are, so this sorts nothing. */
    private static final String SEEN =
            "SELECT seq, key, NULL FROM seen " + "UNION ALL SELECT seq, NULL, substr(id, 1, 8) FROM packets ORDER BY 1";

    private final Path file;
    private final Connection connection;
    private final NodeClock clock;

    StoreReader(Path file, Connection connection, NodeClock clock) {
        this.file = file;
        this.connection = connection;
        this.clock = clock;
    }

    /**
     * By their order of arrival.
     *
     * @param contents what the log has, by {@link PacketRow#key()}
     */
    List<StoredPacket> packets(Map<Long, byte[]> contents) {
        List<StoredPacket> packets = new ArrayList<>();
        long nowMs = clock.nowMs();
        read(PACKETS, select -> {}, row -> {
            PacketRow packet = PacketRow.read(row);
            if (packet.isSound()) {
                byte[] content = packet.isInLog() ? contents.get(packet.key()) : packet.bytes();
                if (content != null) {
                    packets.add(packet.toPacket(content, nowMs, isMarked(row, 8), isMarked(row, 10)));
                }
            }
            return true;
        });
        return packets;
    }

    /** Whether the row has been joined with a mark that is sound. */
    private static boolean isMarked(ResultSet row, int column) throws SQLException {
        long seq = row.getLong(column);
        return !row.wasNull() && new MarkRow(seq, row.getInt(column + 1)).isSound();
    }

    /** The keys of those that were removed and of those that are there, by their order of arrival. */
    long[] seen() {
        LongStream.Builder keys = LongStream.builder();
        read(SEEN, select -> {}, row -> {
            byte[] id = row.getBytes(3);
            if (id == null) {
                keys.add(row.getLong(2));
            } else if (id.length == Long.BYTES) {
                keys.add(PacketRow.key(id));
            }
            return true;
        });
        return keys.build().toArray();
    }

    /** @param no what stands for the consumer's name */
    List<StoredDelivery> deliveries(String consumer, int no, long after, int max) {
        List<StoredDelivery> deliveries = new ArrayList<>();
        if (max <= 0 || after >= DeliveryRow.NUMBER_MAX) {
            return deliveries;
        }
        long nowMs = clock.nowMs();
        Binding range = select -> {
            select.setLong(1, DeliveryRow.place(no, Math.max(-1, after) + 1));
            select.setLong(2, DeliveryRow.place(no, DeliveryRow.NUMBER_MAX));
        };
        read(DeliveryRow.SELECT + " WHERE place BETWEEN ? AND ? ORDER BY place", range, row -> {
            DeliveryRow delivery = DeliveryRow.read(row);
            if (delivery.isSound()) {
                deliveries.add(delivery.toDelivery(consumer, nowMs));
            }
            return deliveries.size() < max;
        });
        return deliveries;
    }

    /** Notes whose keys begin so lie together. */
    Map<String, byte[]> notes(String prefix) {
        Map<String, byte[]> notes = new TreeMap<>();
        read(NoteRow.SELECT + " WHERE key >= ? ORDER BY key", select -> select.setString(1, prefix), row -> {
            NoteRow note = NoteRow.read(row);
            boolean within = note.key() != null && note.key().startsWith(prefix);
            if (within && note.isSound()) {
                notes.put(note.key(), note.value());
            }
            return within;
        });
        return notes;
    }

    private interface Binding {
        void bind(PreparedStatement select) throws SQLException;
    }

    private interface RowReader {
        /** @return whether to go on */
        boolean read(ResultSet row) throws SQLException;
    }

    private synchronized void read(String query, Binding binding, RowReader reader) {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            binding.bind(select);
            try (ResultSet rows = select.executeQuery()) {
                boolean more = true;
                while (more && rows.next()) {
                    more = reader.read(rows);
                }
            }
        } catch (SQLException e) {
            throw new UncheckedIOException(
                    new IOException("the store " + file + " cannot be read: " + e.getMessage(), e));
        }
    }

    /** Waits for whoever reads. */
    synchronized void close() throws SQLException {
        connection.close();
    }
}
