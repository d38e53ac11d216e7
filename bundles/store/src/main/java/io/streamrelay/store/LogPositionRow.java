// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The row that says up to where in the log everything is in the database: the second one of the table of the clock. */
record LogPositionRow(LogPosition position, int crc) implements Row {

    static final String SELECT = "SELECT node_ms, wall_ms, crc FROM clock WHERE one = 2";
    static final String INSERT = "INSERT OR REPLACE INTO clock(one, node_ms, wall_ms, crc) VALUES (2, ?, ?, ?)";

    private static final int ROW = 2;

    static LogPositionRow of(LogPosition position) {
        return new LogPositionRow(position, computedCrc(position));
    }

    static LogPositionRow read(ResultSet row) throws SQLException {
        return new LogPositionRow(new LogPosition(row.getInt(1), row.getInt(2)), row.getInt(3));
    }

    private static int computedCrc(LogPosition position) {
        return new RowCrc()
                .with(ROW)
                .with(position.segment())
                .with(position.block())
                .value();
    }

    @Override
    public boolean isSound() {
        return crc == computedCrc(position);
    }

    @Override
    public void bind(PreparedStatement insert) throws SQLException {
        insert.setLong(1, position.segment());
        insert.setLong(2, position.block());
        insert.setInt(3, crc);
    }
}
