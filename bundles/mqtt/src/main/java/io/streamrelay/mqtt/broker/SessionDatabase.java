// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The file in which a bridge keeps its exchanges of QoS 2, what the standard calls session state (MQTT 5 section 4.1). It
 * is made and opened when it is needed. One that cannot be used is set aside, and what can be read of it is taken over.
 * Thread-safe.
 */
final class SessionDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(SessionDatabase.class);

    /** "SRmq", so that another program's file is known for one. */
    private static final int APPLICATION_ID = 0x53526d71;

    private static final int VERSION = 1;

    private static final int BUSY_MS = 10_000;

    /** How long the log may stay, in bytes. Our own choice: four times what is moved to the file at once by default. */
    private static final int LOG_BYTES_MAX = 16 << 20;

    /** SQLite's codes of errors that the file's content is to blame for (sqlite.org/rescode.html). */
    private static final int CORRUPT = 11;

    private static final int NOT_A_DATABASE = 26;

    /** Something to do within a transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final Path file;
    private final OwnerFiles files;
    private Connection connection;

    SessionDatabase(Path file) {
        this.file = file;
        this.files = new OwnerFiles(file.getParent());
    }

    Path file() {
        return file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /**
     * Does all of it or nothing, and returns when it outlives a loss of power.
     *
     * @throws IOException when it is not done; another attempt opens the file anew
     */
    synchronized <T> T transact(Work<T> work) throws IOException {
        try {
            if (connection == null) {
                connection = open();
            }
            T result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException | IOException | RuntimeException e) {
            close();
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Keeps a row's content that cannot be read in a file beside the database, and returns the name. */
    String setAside(String row, byte[] content) throws SQLException {
        try {
            return files.setAside(row, content == null ? new byte[0] : content);
        } catch (IOException e) {
            throw new SQLException(e);
        }
    }

    synchronized void close() {
        if (connection != null) {
            close(connection);
            connection = null;
        }
    }

    private static void close(Connection connection) {
        try {
            // What is not committed is given up.
            connection.close();
        } catch (SQLException e) {
            LOG.debug("A database that is being closed said: {}", e.getMessage());
        }
    }

    private Connection open() throws SQLException, IOException {
        try {
            return openAsItIs();
        } catch (SQLException e) {
            if (e.getErrorCode() != CORRUPT && e.getErrorCode() != NOT_A_DATABASE) {
                throw e;
            }
            String aside = files.setAside(file.getFileName().toString(), "-wal", "-shm");
            Connection fresh = openAsItIs();
            int rows = SessionSalvage.run(file.resolveSibling(aside), fresh);
            LOG.error(
                    "{} cannot be used ({}); it is kept as {}, {} rows of it are taken over",
                    file,
                    e.getMessage(),
                    aside,
                    rows);
            return fresh;
        }
    }

    private Connection openAsItIs() throws SQLException, IOException {
        files.create(file.getFileName().toString());
        Connection opened = connect(file);
        try {
            check(opened);
            // Each commit is forced to disk before it is reported.
            execute(
                    opened,
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = FULL",
                    "PRAGMA cache_size = -512",
                    "PRAGMA journal_size_limit = " + LOG_BYTES_MAX);
            opened.setAutoCommit(false);
            execute(opened, CustodyTable.SCHEMA, DispatchTable.SCHEMA);
            execute(opened, "PRAGMA application_id = " + APPLICATION_ID, "PRAGMA user_version = " + VERSION);
            opened.commit();
            return opened;
        } catch (SQLException | RuntimeException e) {
            close(opened);
            throw e;
        }
    }

    /** Connects without changing anything. {@code DriverManager} is not asked: it finds no drivers in other bundles. */
    static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        // As a URI, so that no character of the path has a meaning of its own.
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath().toUri());
        return source.getConnection();
    }

    private void check(Connection opened) throws SQLException {
        String finding = ask(opened, "PRAGMA quick_check(1)");
        if (!"ok".equals(finding)) {
            throw new SQLException(finding.strip().replace('\n', ' '), null, CORRUPT);
        }
        int application = Integer.parseInt(ask(opened, "PRAGMA application_id"));
        int version = Integer.parseInt(ask(opened, "PRAGMA user_version"));
        boolean fresh =
                application == 0 && version == 0 && "0".equals(ask(opened, "SELECT count(*) FROM sqlite_schema"));
        if (!fresh && (application != APPLICATION_ID || version != VERSION)) {
            throw new SQLException(
                    "it is of application " + application + ", version " + version, null, NOT_A_DATABASE);
        }
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "no answer";
        }
    }

    private static void execute(Connection connection, String... commands) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }
}
