// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A consumer's name.
 *
 * @param no what stands for the name in its deliveries
 */
record ConsumerRow(int no, String name, int crc) implements Row {

    static final String SELECT = "SELECT no, name, crc FROM consumers";
    static final String INSERT = "INSERT OR IGNORE INTO consumers(no, name, crc) VALUES (?, ?, ?)";
    static final String REPLACE = "INSERT OR REPLACE INTO consumers(no, name, crc) VALUES (?, ?, ?)";

    static ConsumerRow of(int no, String name) {
        return new ConsumerRow(no, name, computedCrc(no, name));
    }

    static ConsumerRow read(ResultSet row) throws SQLException {
        return new ConsumerRow(row.getInt(1), row.getString(2), row.getInt(3));
    }

    private static int computedCrc(int no, String name) {
        return new RowCrc().with(no).with(name).value();
    }

    @Override
    public boolean isSound() {
        return name != null && crc == computedCrc(no, name);
    }

    @Override
    public void bind(PreparedStatement insert) throws SQLException {
        insert.setInt(1, no);
        insert.setString(2, name);
        insert.setInt(3, crc);
    }
}
