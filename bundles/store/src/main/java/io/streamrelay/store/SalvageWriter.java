// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes rows into a fresh database, many to a transaction. */
final class SalvageWriter {

    private static final int ROWS_A_TRANSACTION = 1_000;

    private final Connection connection;
    private final Statements statements;
    private int open;
    private long rows;

    SalvageWriter(Connection connection) {
        this.connection = connection;
        statements = new Statements(connection);
    }

    /** @return whether it was not there before */
    boolean write(String insert, Row row) throws SalvageEndsException {
        try {
            PreparedStatement statement = statements.of(insert);
            if (open == 0) {
                Connections.execute(connection, "BEGIN IMMEDIATE");
            }
            open++;
            row.bind(statement);
            boolean isNew = statement.executeUpdate() > 0;
            rows += isNew ? 1 : 0;
            if (open == ROWS_A_TRANSACTION) {
                commit();
            }
            return isNew;
        } catch (SQLException e) {
            throw new SalvageEndsException(e);
        }
    }

    /** How many have been written. */
    long rows() {
        return rows;
    }

    private void commit() throws SQLException {
        Connections.execute(connection, "COMMIT");
        open = 0;
    }

    /** Commits what is left. */
    void finish() throws SalvageEndsException {
        try {
            if (open > 0) {
                commit();
            }
        } catch (SQLException e) {
            throw new SalvageEndsException(e);
        }
    }
}
