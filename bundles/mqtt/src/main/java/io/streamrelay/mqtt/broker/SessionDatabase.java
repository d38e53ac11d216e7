// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.IOException;
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

    /** So often a process puts another file in the place of a damaged one: where the medium spoils all, copies would fill it. */
    private static final int REPLACEMENTS_MAX = 3;

    /** Something to do within a transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final SessionFiles files;
    private Connection connection;
    /** What was found to be wrong with the file while it was open, which opening it may not find. */
    private SQLException damage;

    private int replacements;

    SessionDatabase(Path file) {
        this.files = new SessionFiles(file);
    }

    Path file() {
        return files.file();
    }

    boolean exists() {
        return files.exist();
    }

    /**
     * Does all of it or nothing, and returns when it outlives a loss of power.
     *
     * @throws IOException when it is not done; another attempt opens the file anew
     */
    synchronized <T> T transact(Work<T> work) throws IOException {
        boolean done = false;
        try {
            if (connection == null) {
                connection = open();
            }
            T result = transact(connection, work);
            done = true;
            return result;
        } catch (SQLException e) {
            if (SqliteError.isDamage(e)) {
                damage = e;
            }
            throw new IOException(file() + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw new IOException(file() + ": " + e.getMessage(), e);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** Keeps a row's content that cannot be read in a file beside the database, and returns its name. */
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
        files.finishExchange();
        if (damage == null) {
            try {
                return openAsItIs(file());
            } catch (SQLException e) {
                if (!SqliteError.isDamage(e)) {
                    throw e;
                }
                damage = e;
            }
        }
        replace();
        return openAsItIs(file());
    }

    /** The damaged database keeps its name until the one that takes its place is complete. */
    private void replace() throws SQLException, IOException {
        if (replacements == REPLACEMENTS_MAX) {
            throw damage;
        }
        files.deleteFresh();
        Connection fresh = openAsItIs(files.fresh());
        int rows;
        try {
            rows = transact(fresh, connection -> SessionSalvage.run(file(), connection));
        } finally {
            // With that its log is in the file.
            close(fresh);
        }
        String aside = files.exchange();
        LOG.error(
                "{} cannot be used ({}); it is kept as {}, {} rows of it are taken over",
                file(),
                damage.getMessage(),
                aside,
                rows);
        replacements++;
        damage = null;
    }

    private Connection openAsItIs(Path file) throws SQLException, IOException {
        files.create(file);
        Connection opened = connect(file);
        try {
            check(opened);
            execute(
                    opened,
                    "PRAGMA journal_mode = WAL",
                    // Each commit is forced to disk before it is reported, also where the file system knows no WAL.
                    "PRAGMA synchronous = EXTRA",
                    "PRAGMA cache_size = -512",
                    "PRAGMA journal_size_limit = " + LOG_BYTES_MAX);
            transact(opened, SessionDatabase::prepare);
            return opened;
        } catch (SQLException | RuntimeException e) {
            close(opened);
            throw e;
        }
    }

    private static Void prepare(Connection opened) throws SQLException {
        execute(
                opened,
                CustodyTable.SCHEMA,
                DispatchTable.SCHEMA,
                "PRAGMA application_id = " + APPLICATION_ID,
                "PRAGMA user_version = " + VERSION);
        return null;
    }

    private static <T> T transact(Connection connection, Work<T> work) throws SQLException {
        // A bridge that was stopped may still write what is left. With the lock at the start this one waits for it; who
        // begins by reading is refused.
        execute(connection, "BEGIN IMMEDIATE");
        T result = work.on(connection);
        execute(connection, "COMMIT");
        return result;
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

    /** Of all tables and their indexes: it is a small file. */
    private static void check(Connection opened) throws SQLException {
        String finding = ask(opened, "PRAGMA integrity_check(1)");
        if (!"ok".equals(finding)) {
            throw SqliteError.corrupt(finding.strip().replace('\n', ' '));
        }
        int application = Integer.parseInt(ask(opened, "PRAGMA application_id"));
        int version = Integer.parseInt(ask(opened, "PRAGMA user_version"));
        boolean fresh =
                application == 0 && version == 0 && "0".equals(ask(opened, "SELECT count(*) FROM sqlite_schema"));
        if (!fresh && (application != APPLICATION_ID || version != VERSION)) {
            throw SqliteError.foreign("it is of application " + application + ", version " + version);
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
