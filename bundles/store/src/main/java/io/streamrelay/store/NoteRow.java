// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/**
 * A note under its key.
 *
 * @param no its place in the table, from 1; {@link #NOWHERE} when it has none yet, or the {@link Layout} gives none
 */
record NoteRow(long no, String key, byte[] value, int crc) implements Row {

    static final long NOWHERE = 0;

    /** In either layout, without its place. */
    static final String SELECT = "SELECT 0, key, value, crc FROM notes";

    static final String SELECT_NUMBERED = "SELECT no, key, value, crc FROM notes";
    static final String INSERT = "INSERT OR REPLACE INTO notes(no, key, value, crc) VALUES (?, ?, ?, ?)";

    static NoteRow of(long no, String key, byte[] value) {
        return new NoteRow(no, key, value, computedCrc(key, value));
    }

    static NoteRow read(ResultSet row) throws SQLException {
        return new NoteRow(row.getLong(1), row.getString(2), row.getBytes(3), row.getInt(4));
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
        if (no == NOWHERE) {
            insert.setNull(1, Types.INTEGER);
        } else {
            insert.setLong(1, no);
        }
        insert.setString(2, key);
        insert.setBytes(3, value);
        insert.setInt(4, crc);
    }
}
