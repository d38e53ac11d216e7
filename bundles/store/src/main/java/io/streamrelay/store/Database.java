// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open database, to write to. One thread writes; what {@link #tables} tells others is thread-safe. */
final class Database implements Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private static final String BEGIN = "BEGIN IMMEDIATE";
    private static final String COMMIT = "COMMIT";

    /** More than what is left over in pages that have been begun. */
    private static final int PROBE_BYTES = 4 * Layout.BLOCK_BYTES;

    private final Connection connection;
    private final Statements statements;
    private final NodeClock clock;
    private final ClockTable clockTable;
    private final Tables tables;
    private final DamagedRows damaged;

    private Database(Statements statements, NodeClock clock, Tables tables, DamagedRows damaged) {
        connection = statements.connection();
        this.statements = statements;
        this.clock = clock;
        this.tables = tables;
        this.damaged = damaged;
        clockTable = new ClockTable(statements, clock);
    }

    /** Reads and checks everything, over a connection that this takes over. */
    static Database load(Connection connection, StoreClocks clocks) throws SQLException {
        Statements statements = new Statements(connection);
        DamagedRows damaged = new DamagedRows();
        Tables.Loaded loaded = Tables.load(statements, damaged);
        NodeClock clock = ClockTable.load(connection)
                .map(saved -> NodeClock.resume(saved, clocks))
                .orElseGet(() -> NodeClock.startAt(loaded.latestBirthMs(), clocks));
        Database database = new Database(statements, clock, loaded.tables(), damaged);
        database.removeDamagedRows();
        return database;
    }

    private void removeDamagedRows() {
        if (damaged.isEmpty()) {
            return;
        }
        try {
            transaction(() -> damaged.remove(connection));
        } catch (SQLException e) {
            LOG.debug("Damaged rows stay until the next start; they are left out meanwhile", e);
        }
    }

    @Override
    public void write(List<StoreChange> changes) throws SQLException {
        long nowMs = clock.nowMs();
        transaction(() -> {
            for (StoreChange change : changes) {
                tables.apply(change, nowMs);
            }
            clockTable.saveIfDue();
        });
    }

    /** Writes something that needs new pages, and removes it again: only then there is room for what publishers send. */
    @Override
    public void probe() throws SQLException {
        // Room that the log has in the file system already is of use again.
        Connections.execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
        transaction(() -> Connections.execute(
                connection, "INSERT OR REPLACE INTO room(one, filler) VALUES (1, zeroblob(" + PROBE_BYTES + "))"));
        transaction(() -> Connections.execute(connection, "DELETE FROM room WHERE one = 1"));
    }

    @Override
    public void attend() throws SQLException {
        if (clockTable.hasJumped()) {
            transaction(clockTable::save);
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void transaction(Work work) throws SQLException {
        Connections.execute(connection, BEGIN);
        try {
            work.run();
            Connections.execute(connection, COMMIT);
        } catch (SQLException | RuntimeException e) {
            rollBack();
            throw e;
        }
        tables.committed();
    }

    private void rollBack() {
        tables.takeBack();
        clockTable.takeBack();
        try {
            statements.renew();
            Connections.execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            LOG.trace("After some errors SQLite has rolled back already", e);
        }
    }

    NodeClock clock() {
        return clock;
    }

    Tables tables() {
        return tables;
    }

    DamagedRows damaged() {
        return damaged;
    }

    /** Moves everything to the one file, with the time as of now. The readers are closed before. */
    @Override
    public void close() {
        try (connection) {
            transaction(clockTable::save);
            Connections.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            LOG.debug("What could not be moved to the file is in the log beside it, and is read from there", e);
        }
    }
}
