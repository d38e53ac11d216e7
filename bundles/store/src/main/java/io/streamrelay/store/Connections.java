// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Connects to databases. {@code DriverManager} is not asked, for it finds no drivers in other bundles. */
record Connections(DatabaseSettings settings) {

    private static final int BUSY_MS = 10_000;

    /** Connects without changing anything; an error says that it is no database. */
    Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        // As a URI, so that no character of the path has a meaning of its own.
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath().toUri());
        Connection connection = source.getConnection();
        try {
            execute(connection, "PRAGMA cell_size_check = ON", "PRAGMA temp_store = MEMORY");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Makes a connection fit for the writer. */
    void prepareToWrite(Connection connection) throws SQLException {
        prepareToWrite(connection, Layout.SMALL_PAGES);
    }

    /** @param layout for a file that is empty; any other keeps its own */
    void prepareToWrite(Connection connection, Layout layout) throws SQLException {
        execute(connection, "PRAGMA page_size = " + layout.pageBytes(), "PRAGMA journal_mode = WAL");
        int pageBytes = pageBytes(connection);
        execute(
                connection,
                // Each commit is forced to disk before it is reported.
                "PRAGMA synchronous = FULL",
                "PRAGMA cache_size = -2048",
                "PRAGMA wal_autocheckpoint = " + settings.walPages(pageBytes),
                "PRAGMA journal_size_limit = " + settings.walBytes(),
                "PRAGMA max_page_count = " + settings.pagesMax(pageBytes));
    }

    private static int pageBytes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA page_size")) {
            return row.getInt(1);
        }
    }

    /** A connection that changes nothing, beside the writer's. */
    Connection reader(Path file) throws SQLException {
        Connection connection = connect(file);
        try {
            execute(connection, "PRAGMA query_only = ON", "PRAGMA cache_size = -512");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection that reads what it can of a damaged file; without this pragma one that is too short is refused. */
    Connection salvager(Path file) throws SQLException {
        Connection connection = connect(file);
        try {
            execute(connection, "PRAGMA writable_schema = ON", "PRAGMA query_only = ON");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    static void execute(Connection connection, String... commands) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }
}
