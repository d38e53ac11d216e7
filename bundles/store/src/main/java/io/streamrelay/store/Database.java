// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open database, to write to. One at a time writes; what {@link #tables} tells others is thread-safe. */
final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** The third row of the table of the clock: who makes a database anew does not make it. */
    private static final String RECOVERED = "SELECT count(*) FROM clock WHERE one = 3";

    private static final String SET_RECOVERED =
            "INSERT OR REPLACE INTO clock(one, node_ms, wall_ms, crc) VALUES (3, 0, 0, 0)";

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
    static Database load(Connection connection, StoreClocks clocks, LogScan log) throws SQLException {
        Statements statements = new Statements(connection);
        DamagedRows damaged = new DamagedRows();
        Tables.Loaded loaded = Tables.load(statements, damaged, log);
        NodeClock clock = Stream.of(ClockTable.load(connection), log.latest())
                .flatMap(Optional::stream)
                .max(Comparator.comparingLong(NodeClock.Reading::nodeMs))
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

    /**
     * Makes what the log has true here: all of it or nothing.
     *
     * @param upTo where in the log this is then; null when it is where it was
     */
    void apply(List<LoggedEntry> logged, LogPosition upTo) throws SQLException {
        transaction(() -> {
            for (LoggedEntry each : logged) {
                long atMs = each.entry().at().nodeMs();
                for (StoreChange change : each.entry().changes()) {
                    tables.apply(change, atMs, each.end().segment());
                }
            }
            if (upTo != null) {
                write(LogPositionRow.INSERT, LogPositionRow.of(upTo));
            }
            clockTable.saveIfDue();
        });
    }

    /** Whether it was filled with what the log has of packets since it was made, or had lost nothing. */
    boolean isRecovered() throws SQLException {
        return statements.number(RECOVERED) > 0;
    }

    /**
     * Puts packets that were lost; those that are there, or were there once, are not. {@link #isRecovered} from then on.
     *
     * @return how many were put
     */
    int recover(Map<Long, LostPackets.Put> lost) throws SQLException {
        Set<Long> seen = new HashSet<>();
        try (ResultSet rows = statements.of(SeenRow.SELECT).executeQuery()) {
            while (rows.next()) {
                seen.add(SeenRow.read(rows).key());
            }
        }
        int[] found = new int[1];
        transaction(() -> {
            for (Map.Entry<Long, LostPackets.Put> each : lost.entrySet()) {
                if (!tables.holds(each.getKey()) && !seen.contains(each.getKey())) {
                    LostPackets.Put put = each.getValue();
                    tables.apply(new StoreChange.PutPacket(put.packet()), put.atMs(), put.segment());
                    found[0]++;
                }
            }
            statements.of(SET_RECOVERED).executeUpdate();
        });
        return found[0];
    }

    private void write(String insert, Row row) throws SQLException {
        PreparedStatement statement = statements.of(insert);
        row.bind(statement);
        statement.executeUpdate();
    }

    /** Up to where in the log everything is here; empty when that cannot be known. */
    Optional<LogPosition> position() throws SQLException {
        try (ResultSet rows = statements.of(LogPositionRow.SELECT).executeQuery()) {
            return rows.next()
                    ? Optional.of(LogPositionRow.read(rows))
                            .filter(LogPositionRow::isSound)
                            .map(LogPositionRow::position)
                    : Optional.empty();
        }
    }

    /** Makes room that SQLite's log has in the file system already of use again. */
    void makeRoom() throws SQLException {
        Connections.execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
    }

    /** Writes something that needs new pages, and removes it again: only then there is room for what publishers send. */
    void probe() throws SQLException {
        transaction(() -> Connections.execute(
                connection, "INSERT OR REPLACE INTO room(one, filler) VALUES (1, zeroblob(" + PROBE_BYTES + "))"));
        transaction(() -> Connections.execute(connection, "DELETE FROM room WHERE one = 1"));
    }

    /** Does what has to be done now and then. */
    void attend() throws SQLException {
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
    void close() {
        try (connection) {
            transaction(clockTable::save);
            Connections.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            LOG.debug("What could not be moved to the file is in the log beside it, and is read from there", e);
        }
    }
}
