// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The rows whose content is not what was written: left out, counted, removed. Counting is thread-safe. */
final class DamagedRows {

    private record Found(String table, String keyColumn, Object key) {}

    private final List<Found> found = new ArrayList<>();
    private final AtomicLong count = new AtomicLong();

    /** Counts a row, and remembers to remove it. */
    void add(String table, String keyColumn, Object key) {
        found.add(new Found(table, keyColumn, key));
        count.incrementAndGet();
    }

    /** Counts rows that were left behind. */
    void count(long rows) {
        count.addAndGet(rows);
    }

    long count() {
        return count.get();
    }

    /** Removes what was added, within the caller's transaction. */
    void remove(Connection connection) throws SQLException {
        for (Found row : found) {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + row.table() + " WHERE " + row.keyColumn() + " = ?")) {
                delete.setObject(1, row.key());
                delete.executeUpdate();
            }
        }
        found.clear();
    }

    boolean isEmpty() {
        return found.isEmpty();
    }
}
