// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The notes, as the writer changes them. */
final class NoteTable {

    private final PreparedStatement insert;
    private final PreparedStatement delete;

    NoteTable(Connection connection) throws SQLException {
        insert = connection.prepareStatement(NoteRow.INSERT);
        delete = connection.prepareStatement("DELETE FROM notes WHERE key = ?");
    }

    /** Looks for damage; notes are not kept in memory. */
    void load(Connection connection, DamagedRows damaged) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(NoteRow.SELECT)) {
            while (rows.next()) {
                NoteRow row = NoteRow.read(rows);
                if (!row.isSound()) {
                    damaged.add("notes", "key", row.key());
                }
            }
        }
    }

    void put(String key, byte[] value) throws SQLException {
        NoteRow.of(key, value).bind(insert);
        insert.executeUpdate();
    }

    void remove(String key) throws SQLException {
        delete.setString(1, key);
        delete.executeUpdate();
    }
}
