// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The notes, as the writer changes them. */
final class NoteTable {

    private final Statements statements;

    NoteTable(Statements statements) {
        this.statements = statements;
    }

    /** Looks for damage; notes are not kept in memory. */
    void load(DamagedRows damaged) throws SQLException {
        try (ResultSet rows = statements.of(NoteRow.SELECT).executeQuery()) {
            while (rows.next()) {
                NoteRow row = NoteRow.read(rows);
                if (!row.isSound()) {
                    damaged.add("notes", "key", row.key());
                }
            }
        }
    }

    void put(String key, byte[] value) throws SQLException {
        PreparedStatement insert = statements.of(NoteRow.INSERT);
        NoteRow.of(key, value).bind(insert);
        insert.executeUpdate();
    }

    void remove(String key) throws SQLException {
        PreparedStatement delete = statements.of("DELETE FROM notes WHERE key = ?");
        delete.setString(1, key);
        delete.executeUpdate();
    }
}
