// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoteTableTest {

    @TempDir
    Path folder;

    private final Undo undo = new Undo();
    private final DamagedRows damaged = new DamagedRows();
    private Connection connection;

    private NoteTable open(Layout layout) throws SQLException {
        Connections connections = new Connections(DatabaseSettings.DEFAULT);
        connection = connections.connect(folder.resolve("db"));
        connections.prepareToWrite(connection, layout);
        Schema.of(layout).migrate(connection);
        return load();
    }

    private NoteTable load() throws SQLException {
        NoteTable notes = new NoteTable(new Statements(connection), undo);
        notes.load(damaged);
        return notes;
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @EnumSource
    void keepsOneNoteForEachKey(Layout layout) throws Exception {
        NoteTable notes = open(layout);
        put(notes, "a", 1);
        put(notes, "b", 2);
        notes = load();
        put(notes, "a", 3);
        notes.remove("b");
        notes.remove("nothing");
        put(notes, "c", 4);

        assertEquals(Map.of("a", 3, "c", 4), found());
    }

    @ParameterizedTest
    @EnumSource
    void knowsNothingOfWhatWasTakenBack(Layout layout) throws Exception {
        NoteTable notes = open(layout);
        put(notes, "a", 1);
        undo.forget();
        Connections.execute(connection, "BEGIN");
        put(notes, "b", 2);
        notes.remove("a");
        undo.takeBack();
        Connections.execute(connection, "ROLLBACK");
        put(notes, "a", 3);
        put(notes, "c", 4);
        notes.remove("b");

        assertEquals(Map.of("a", 3, "c", 4), found());
    }

    @Test
    void keepsTheLaterOfTwoThatDamageHasBroughtBack() throws Exception {
        NoteTable notes = open(Layout.SMALL_PAGES);
        put(notes, "a", 1);
        Connections.execute(connection, "INSERT INTO notes SELECT 7, key, value, crc FROM notes");
        load();
        assertEquals(1, damaged.count());
        damaged.remove(connection);

        assertEquals(7, number("SELECT sum(no) FROM notes"));
    }

    private static void put(NoteTable notes, String key, int value) throws SQLException {
        notes.put(key, new byte[] {(byte) value});
    }

    private Map<String, Integer> found() throws SQLException {
        Map<String, Integer> found = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(NoteRow.SELECT)) {
            while (rows.next()) {
                NoteRow row = NoteRow.read(rows);
                assertEquals(null, found.put(row.key(), (int) row.value()[0]));
            }
        }
        return found;
    }

    private int number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getInt(1) : -1;
        }
    }
}
