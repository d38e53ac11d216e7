// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Saves node time with the changes that are committed. Not with each of them, for it costs a page; what passes between
 * two of them is known from the wall clock afterwards, or, where that was never set, lost.
 */
final class ClockTable {

    /** How much of node time may be lost with a wall clock that was never set; half of the second that is allowed. */
    static final long SAVE_MS = 500;

    /** A wall clock that was set while the store is open: what it showed when node time was saved is of no use now. */
    private static final long JUMP_MS = 500;

    private final NodeClock clock;
    private final Statements statements;
    private NodeClock.Reading saved;

    ClockTable(Statements statements, NodeClock clock) {
        this.statements = statements;
        this.clock = clock;
    }

    /** What was saved last; empty when that cannot be known. */
    static Optional<NodeClock.Reading> load(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ClockRow.SELECT)) {
            if (!rows.next()) {
                return Optional.empty();
            }
            ClockRow row = ClockRow.read(rows);
            return row.isSound() ? Optional.of(row.reading()) : Optional.empty();
        }
    }

    /** Within a transaction that has something else to commit. */
    void saveIfDue() throws SQLException {
        if (saved == null || clock.nowMs() - saved.nodeMs() >= SAVE_MS || hasJumped()) {
            save();
        }
    }

    void save() throws SQLException {
        NodeClock.Reading now = clock.read();
        PreparedStatement insert = statements.of(ClockRow.INSERT);
        ClockRow.of(now).bind(insert);
        insert.executeUpdate();
        saved = now;
    }

    /** Whether the wall clock has gone another way than node time since it was saved. */
    boolean hasJumped() {
        NodeClock.Reading now = clock.read();
        return saved == null || Math.abs(now.wallMs() - saved.wallMs() - (now.nodeMs() - saved.nodeMs())) >= JUMP_MS;
    }

    /** The transaction has failed: what was saved in it was not. */
    void takeBack() {
        saved = null;
    }
}
