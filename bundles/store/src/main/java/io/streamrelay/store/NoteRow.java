// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A note under its key. */
record NoteRow(String key, byte[] value, int crc) implements Row {

    static final String SELECT = "SELECT key, value, crc FROM notes";
    static final String INSERT = "INSERT OR REPLACE INTO notes(key, value, crc) VALUES (?, ?, ?)";

    static NoteRow of(String key, byte[] value) {
        return new NoteRow(key, value, computedCrc(key, value));
    }

    static NoteRow read(ResultSet row) throws SQLException {
        return new NoteRow(row.getString(1), row.getBytes(2), row.getInt(3));
    }

    private static int computedCrc(String key, byte[] value) {
        return new RowCrc().with(key).with(value).value();
    }

    @Override
    public boolean isSound() {
        return key != null && value != null && crc == computedCrc(key, value);
    }

    @Override
    public void bind(PreparedStatement insert) throws SQLException {
        insert.setString(1, key);
        insert.setBytes(2, value);
        insert.setInt(3, crc);
    }
}
