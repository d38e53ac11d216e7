// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A table of marks, as the writer changes it. */
final class MarkTable {

    private final Connection connection;
    private final String table;
    private final PreparedStatement insert;
    private final PreparedStatement delete;

    MarkTable(Connection connection, String table) throws SQLException {
        this.connection = connection;
        this.table = table;
        insert = connection.prepareStatement(MarkRow.insert(table));
        delete = connection.prepareStatement("DELETE FROM " + table + " WHERE seq = ?");
    }

    void add(long seq) throws SQLException {
        MarkRow.of(seq).bind(insert);
        insert.executeUpdate();
    }

    void remove(long seq) throws SQLException {
        delete.setLong(1, seq);
        delete.executeUpdate();
    }

    long lastSeq() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet last = statement.executeQuery("SELECT max(seq) FROM " + table)) {
            return last.next() ? last.getLong(1) : 0;
        }
    }
}
