// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * That something has become true of a packet: in {@code passed_on} or {@code delivered}.
 *
 * @param seq the packet's
 */
record MarkRow(long seq, int crc) implements Row {

    static MarkRow of(long seq) {
        return new MarkRow(seq, computedCrc(seq));
    }

    static MarkRow read(ResultSet row) throws SQLException {
        return new MarkRow(row.getLong(1), row.getInt(2));
    }

    static String select(String table) {
        return "SELECT seq, crc FROM " + table;
    }

    static String insert(String table) {
        return "INSERT OR IGNORE INTO " + table + "(seq, crc) VALUES (?, ?)";
    }

    private static int computedCrc(long seq) {
        return new RowCrc().with(seq).value();
    }

    @Override
    public boolean isSound() {
        return crc == computedCrc(seq);
    }

    @Override
    public void bind(PreparedStatement insert) throws SQLException {
        insert.setLong(1, seq);
        insert.setInt(2, crc);
    }
}
