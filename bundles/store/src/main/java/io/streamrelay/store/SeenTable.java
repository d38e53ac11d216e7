// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The packets that were held once, as the writer changes them. A packet gets here when it is removed, not when it is
 * put: so one that is lost by damage is not among the seen, and is taken when a neighbour offers it again.
 */
final class SeenTable {

    private static final String TRIM = "DELETE FROM seen WHERE seq IN (SELECT seq FROM seen ORDER BY seq LIMIT ?)";

    private final int capacity;
    private final int trimStep;
    private final Statements statements;
    private final Undo undo;
    private long rows;

    /**
     * @param capacity how many are kept at least
     * @param trimStep how many more there are before as many are removed at once
     */
    SeenTable(Statements statements, Undo undo, int capacity, int trimStep) {
        this.statements = statements;
        this.undo = undo;
        this.capacity = capacity;
        this.trimStep = trimStep;
    }

    void load() throws SQLException {
        rows = statements.number("SELECT count(*) FROM seen");
    }

    void add(SeenRow row) throws SQLException {
        PreparedStatement insert = statements.of(SeenRow.INSERT);
        row.bind(insert);
        change(insert.executeUpdate());
        if (rows >= capacity + trimStep) {
            PreparedStatement trim = statements.of(TRIM);
            trim.setInt(1, trimStep);
            change(-trim.executeUpdate());
        }
    }

    private void change(long difference) {
        rows += difference;
        undo.add(() -> rows -= difference);
    }

    long lastSeq() throws SQLException {
        return statements.number("SELECT max(seq) FROM seen");
    }
}
