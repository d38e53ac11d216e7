// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A table of marks, as the writer changes it. */
final class MarkTable {

    private final Statements statements;
    private final String insert;
    private final String delete;
    private final String last;

    MarkTable(Statements statements, String table) {
        this.statements = statements;
        insert = MarkRow.insert(table);
        delete = "DELETE FROM " + table + " WHERE seq = ?";
        last = "SELECT max(seq) FROM " + table;
    }

    void add(long seq) throws SQLException {
        PreparedStatement statement = statements.of(insert);
        MarkRow.of(seq).bind(statement);
        statement.executeUpdate();
    }

    void remove(long seq) throws SQLException {
        PreparedStatement statement = statements.of(delete);
        statement.setLong(1, seq);
        statement.executeUpdate();
    }

    long lastSeq() throws SQLException {
        return statements.number(last);
    }
}
