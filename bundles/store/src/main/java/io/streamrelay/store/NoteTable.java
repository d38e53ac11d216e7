// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * The notes, as the writer changes them. A note keeps its place, and a new one comes at the end: so notes that are
 * written one after the other share a page, which a tree of keys does not give them. Where each is, is known in memory.
 * A table of an earlier {@link Layout} has keys alone.
 */
final class NoteTable {

    private static final String INSERT_KEYED = "INSERT OR REPLACE INTO notes(key, value, crc) VALUES (?2, ?3, ?4)";

    private final Statements statements;
    private final Undo undo;
    private final boolean numbered;
    private final Map<String, Long> places = new HashMap<>();
    private long lastPlace;

    NoteTable(Statements statements, Undo undo) throws SQLException {
        this.statements = statements;
        this.undo = undo;
        numbered = isNumbered(statements.connection());
    }

    /** Whether the notes of a database have places. */
    static boolean isNumbered(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT count(*) FROM pragma_table_info('notes') WHERE name = 'no'")) {
            return row.next() && row.getInt(1) > 0;
        }
    }

    /** Looks for damage, and where each note is; their values are not kept in memory. */
    void load(DamagedRows damaged) throws SQLException {
        String select = numbered ? NoteRow.SELECT_NUMBERED + " ORDER BY no" : NoteRow.SELECT;
        try (ResultSet rows = statements.of(select).executeQuery()) {
            while (rows.next()) {
                take(NoteRow.read(rows), damaged);
            }
        }
    }

    private void take(NoteRow row, DamagedRows damaged) {
        lastPlace = Math.max(lastPlace, row.no());
        if (!numbered && !row.isSound()) {
            damaged.add("notes", "key", row.key());
        } else if (!row.isSound()) {
            damaged.add("notes", "no", row.no());
        } else if (numbered) {
            Long earlier = places.put(row.key(), row.no());
            if (earlier != null) {
                damaged.add("notes", "no", earlier);
            }
        }
    }

    void put(String key, byte[] value) throws SQLException {
        PreparedStatement insert = statements.of(numbered ? NoteRow.INSERT : INSERT_KEYED);
        NoteRow.of(numbered ? place(key) : NoteRow.NOWHERE, key, value).bind(insert);
        insert.executeUpdate();
    }

    private long place(String key) {
        Long known = places.get(key);
        if (known != null) {
            return known;
        }
        places.put(key, ++lastPlace);
        undo.add(() -> places.remove(key));
        return lastPlace;
    }

    void remove(String key) throws SQLException {
        if (!numbered) {
            PreparedStatement delete = statements.of("DELETE FROM notes WHERE key = ?");
            delete.setString(1, key);
            delete.executeUpdate();
            return;
        }
        Long place = places.remove(key);
        if (place != null) {
            undo.add(() -> places.put(key, place));
            PreparedStatement delete = statements.of("DELETE FROM notes WHERE no = ?");
            delete.setLong(1, place);
            delete.executeUpdate();
        }
    }
}
