// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The packets that were held once, as the writer changes them. A packet gets here when it is removed, not when it is
 * put: so one that is lost by damage is not among the seen, and is taken when a neighbour offers it again.
 */
final class SeenTable {

    private final int capacity;
    private final int trimStep;
    private final Connection connection;
    private final Undo undo;
    private final PreparedStatement insert;
    private final PreparedStatement trim;
    private long rows;

    /**
     * @param capacity how many are kept at least
     * @param trimStep how many more there are before as many are removed at once
     */
    SeenTable(Connection connection, Undo undo, int capacity, int trimStep) throws SQLException {
        this.connection = connection;
        this.undo = undo;
        this.capacity = capacity;
        this.trimStep = trimStep;
        insert = connection.prepareStatement(SeenRow.INSERT);
        trim = connection.prepareStatement(
                "DELETE FROM seen WHERE seq IN (SELECT seq FROM seen ORDER BY seq LIMIT " + trimStep + ")");
    }

    void load() throws SQLException {
        rows = number("SELECT count(*) FROM seen");
    }

    void add(SeenRow row) throws SQLException {
        row.bind(insert);
        change(insert.executeUpdate());
        if (rows >= capacity + trimStep) {
            change(-trim.executeUpdate());
        }
    }

    private void change(long difference) {
        rows += difference;
        undo.add(() -> rows -= difference);
    }

    long lastSeq() throws SQLException {
        return number("SELECT max(seq) FROM seen");
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
