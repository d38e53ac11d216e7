// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a table of a damaged database as far as it goes: forward until an error, over the damage in growing steps,
 * back to the damage from behind, and on; at last back from the end. What cannot be read is no error; some rows may come twice.
 */
final class DamagedTable {

    private static final Logger LOG = LoggerFactory.getLogger(DamagedTable.class);

    private final Connection connection;
    private final String select;
    private final String key;

    /**
     * @param select the rows, without an order
     * @param key the integer key, the first column of the rows, above 0
     */
    DamagedTable(Connection connection, String select, String key) {
        this.connection = connection;
        this.select = select;
        this.key = key;
    }

    /** Takes a row. */
    interface Sink {
        void take(ResultSet row) throws SQLException, SalvageEndsException;
    }

    void forEach(Sink sink) throws SalvageEndsException {
        Walk forward = walk(0, Long.MAX_VALUE, "", sink);
        while (!forward.complete()) {
            long last = forward.lastKey();
            long next = firstBehind(last);
            // Nothing is ever above the greatest long, and a damaged table may say that something less is.
            if (next <= last || next == Long.MAX_VALUE) {
                // The steps may have passed over the end.
                walk(last, Long.MAX_VALUE, " DESC", sink);
                return;
            }
            walk(last, next, " DESC", sink);
            forward = walk(next - 1, Long.MAX_VALUE, "", sink);
        }
    }

    /** How far a walk came. */
    private record Walk(long lastKey, boolean complete) {}

    /** Walks over the keys between two until there are no more, or there is an error. */
    private Walk walk(long above, long below, String order, Sink sink) throws SalvageEndsException {
        long lastKey = above;
        try (PreparedStatement statement = connection.prepareStatement(
                select + " WHERE " + key + " > ? AND " + key + " < ? ORDER BY " + key + order)) {
            statement.setLong(1, above);
            statement.setLong(2, below);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lastKey = Math.max(lastKey, rows.getLong(1));
                    sink.take(rows);
                }
            }
            return new Walk(lastKey, true);
        } catch (SQLException e) {
            LOG.debug("{}: an error behind {}", select, lastKey, e);
            return new Walk(lastKey, false);
        }
    }

    /** The first key behind damage at which the table can be read again, or nearly; the greatest long for none. */
    private long firstBehind(long last) {
        for (long step = 1; last + step > 0; step *= 2) {
            try (PreparedStatement statement =
                    connection.prepareStatement(select + " WHERE " + key + " > ? ORDER BY " + key + " LIMIT 1")) {
                statement.setLong(1, last + step);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? row.getLong(1) : Long.MAX_VALUE;
                }
            } catch (SQLException e) {
                LOG.trace("{}: an error behind {}, too", select, last + step, e);
            }
        }
        return Long.MAX_VALUE;
    }
}
