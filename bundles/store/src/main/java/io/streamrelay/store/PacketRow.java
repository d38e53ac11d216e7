// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoredPacket;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A packet on disk. Rows are only ever added at the end and removed; what happens to a packet later is a {@link MarkRow}
 * in a table of its own, for changing a row writes its whole page again.
 *
 * <p>Its content is in the log; its column has how many bytes that has. In a store of version 1 the content is here.
 *
 * @param seq its place in the order of arrival
 * @param bytes its content; null when that is in the log
 * @param size how many bytes it has
 * @param flags what was true when it was put: {@link #OWN}, {@link #PASSED_ON}, {@link #DELIVERED}; above these, how many
 *     messages it holds beside the first
 * @param bornMs when it was made, by node time; negative when that was before the store
 */
record PacketRow(long seq, byte[] id, byte[] bytes, int size, int flags, long bornMs, long lifetimeMs, int crc)
        implements Row {

    static final int OWN = 1;
    static final int PASSED_ON = 2;
    static final int DELIVERED = 4;
    private static final int MORE_AT_BIT = 8;

    /** No length of bytes. */
    private static final long IN_LOG = -1;

    static final String COLUMNS = "seq, id, bytes, flags, born_ms, lifetime_ms, crc";
    static final String SELECT = "SELECT " + COLUMNS + " FROM packets";
    static final String INSERT = "INSERT OR IGNORE INTO packets(" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)";

    /** @param nowMs node time */
    static PacketRow of(long seq, StoredPacket packet, long nowMs) {
        PacketRow unsigned = new PacketRow(
                seq,
                packet.id().bytes(),
                null,
                packet.bytes().length,
                flags(packet),
                nowMs - packet.ageMs(),
                packet.lifetimeMs(),
                0);
        return unsigned.signed();
    }

    static int flags(StoredPacket packet) {
        return (packet.own() ? OWN : 0)
                | (packet.passedOn() ? PASSED_ON : 0)
                | (packet.delivered() ? DELIVERED : 0)
                | packet.messages() - 1 << MORE_AT_BIT;
    }

    static int messages(int flags) {
        return 1 + (flags >>> MORE_AT_BIT);
    }

    static PacketRow read(ResultSet row) throws SQLException {
        boolean inLog = row.getObject(3) instanceof Number;
        byte[] bytes = inLog ? null : row.getBytes(3);
        return new PacketRow(
                row.getLong(1),
                row.getBytes(2),
                bytes,
                inLog ? row.getInt(3) : bytes == null ? 0 : bytes.length,
                row.getInt(4),
                row.getLong(5),
                row.getLong(6),
                row.getInt(7));
    }

    private PacketRow signed() {
        return new PacketRow(seq, id, bytes, size, flags, bornMs, lifetimeMs, computedCrc());
    }

    private int computedCrc() {
        RowCrc content = new RowCrc().with(seq).with(id);
        return (bytes == null ? content.with(IN_LOG).with(size) : content.with(bytes))
                .with(flags)
                .with(bornMs)
                .with(lifetimeMs)
                .value();
    }

    @Override
    public boolean isSound() {
        return id != null && id.length == Id.BYTES && crc == computedCrc();
    }

    @Override
    public void bind(PreparedStatement insert) throws SQLException {
        insert.setLong(1, seq);
        insert.setBytes(2, id);
        if (bytes == null) {
            insert.setInt(3, size);
        } else {
            insert.setBytes(3, bytes);
        }
        insert.setInt(4, flags);
        insert.setLong(5, bornMs);
        insert.setLong(6, lifetimeMs);
        insert.setInt(7, crc);
    }

    /** Whether its content is in the log. */
    boolean isInLog() {
        return bytes == null;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** What stands for the id in memory and among the seen: ids are SHA-256 digests, so eight bytes tell them apart. */
    long key() {
        return key(id);
    }

    static long key(byte[] id) {
        return ByteBuffer.wrap(id).getLong();
    }

    /**
     * The packet as of now.
     *
     * @param content its bytes, wherever they are
     */
    StoredPacket toPacket(byte[] content, long nowMs, boolean passedOn, boolean delivered) {
        return new StoredPacket(
                Id.of(id),
                content,
                has(OWN),
                passedOn || has(PASSED_ON),
                delivered || has(DELIVERED),
                Math.max(0, nowMs - bornMs),
                lifetimeMs,
                messages(flags));
    }
}
