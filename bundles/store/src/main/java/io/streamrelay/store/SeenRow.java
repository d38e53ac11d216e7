// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A packet that was held once. It has no checksum: a wrong key stands for a packet that nobody will ever send.
 *
 * @param seq the packet's place in the order of arrival
 * @param key the first eight bytes of its id
 * @param bornMs when it was made, by node time
 */
record SeenRow(long seq, long key, long bornMs) implements Row {

    static final String SELECT = "SELECT seq, key, born_ms FROM seen";
    static final String INSERT = "INSERT OR IGNORE INTO seen(seq, key, born_ms) VALUES (?, ?, ?)";

    static SeenRow read(ResultSet row) throws SQLException {
        return new SeenRow(row.getLong(1), row.getLong(2), row.getLong(3));
    }

    @Override
    public boolean isSound() {
        return true;
    }

    @Override
    public void bind(PreparedStatement insert) throws SQLException {
        insert.setLong(1, seq);
        insert.setLong(2, key);
        insert.setLong(3, bornMs);
    }
}
