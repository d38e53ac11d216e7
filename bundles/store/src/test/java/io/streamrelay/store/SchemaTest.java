// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {

    private static final Schema LATER = later("ALTER TABLE notes ADD COLUMN put_ms INTEGER");

    @TempDir
    Path folder;

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        Connections connections = new Connections(DatabaseSettings.DEFAULT);
        connection = connections.connect(folder.resolve("db"));
        connections.prepareToWrite(connection);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private static Schema later(String... steps) {
        List<List<String>> migrations = new ArrayList<>(Schema.CURRENT.migrations());
        migrations.add(List.of(steps));
        return new Schema(migrations);
    }

    @Test
    void makesTheTablesOfAnEmptyFile() throws Exception {
        assertTrue(Schema.isNew(connection));
        Schema.CURRENT.check(connection);
        Schema.CURRENT.migrate(connection);

        assertEquals(2, number("PRAGMA user_version"));
        assertEquals(Schema.APPLICATION_ID, number("PRAGMA application_id"));
        Schema.CURRENT.check(connection);
    }

    @Test
    void makesUpForWhatAnOlderFileLacksAndKeepsWhatItHas() throws Exception {
        Schema.CURRENT.migrate(connection);
        Connections.execute(connection, "INSERT INTO notes(key, value, crc) VALUES ('k', x'01', 0)");
        LATER.check(connection);
        LATER.migrate(connection);

        assertEquals(3, number("PRAGMA user_version"));
        assertEquals(1, number("SELECT count(put_ms IS NULL) FROM notes"));
    }

    @Test
    void leavesAFileOfItsOwnVersion() throws Exception {
        Schema.CURRENT.migrate(connection);
        long before = number("PRAGMA data_version");
        Schema.CURRENT.migrate(connection);

        assertEquals(before, number("PRAGMA data_version"));
    }

    @Test
    void refusesAFileOfALaterVersion() throws Exception {
        LATER.migrate(connection);

        ForeignDatabaseException e =
                assertThrows(ForeignDatabaseException.class, () -> Schema.CURRENT.check(connection));
        assertTrue(e.getMessage().contains("version 3"), e.getMessage());
    }

    @Test
    void refusesAFileOfAnotherProgram() throws Exception {
        Connections.execute(connection, "CREATE TABLE t(x)");
        assertThrows(ForeignDatabaseException.class, () -> Schema.CURRENT.check(connection));

        Connections.execute(connection, "PRAGMA application_id = 42");
        assertThrows(ForeignDatabaseException.class, () -> Schema.CURRENT.check(connection));
    }

    @Test
    void migratesAllOrNothing() throws Exception {
        Schema.CURRENT.migrate(connection);
        Schema broken = later("CREATE TABLE new(x)", "CREATE TABLE packets(x)");
        assertThrows(SQLException.class, () -> broken.migrate(connection));
        connection.close();
        connection = new Connections(DatabaseSettings.DEFAULT).connect(folder.resolve("db"));

        assertEquals(2, number("PRAGMA user_version"));
        assertEquals(0, number("SELECT count(*) FROM sqlite_schema WHERE name = 'new'"));
    }

    private int number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getInt(1) : -1;
        }
    }
}
