// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The one row that says what node time it was, and what the wall clock showed. */
record ClockRow(long nodeMs, long wallMs, int crc) implements Row {

    static final String SELECT = "SELECT node_ms, wall_ms, crc FROM clock WHERE one = 1";
    static final String INSERT = "INSERT OR REPLACE INTO clock(one, node_ms, wall_ms, crc) VALUES (1, ?, ?, ?)";

    static ClockRow of(NodeClock.Reading reading) {
        return new ClockRow(reading.nodeMs(), reading.wallMs(), computedCrc(reading.nodeMs(), reading.wallMs()));
    }

    static ClockRow read(ResultSet row) throws SQLException {
        return new ClockRow(row.getLong(1), row.getLong(2), row.getInt(3));
    }

    private static int computedCrc(long nodeMs, long wallMs) {
        return new RowCrc().with(nodeMs).with(wallMs).value();
    }

    NodeClock.Reading reading() {
        return new NodeClock.Reading(nodeMs, wallMs);
    }

    @Override
    public boolean isSound() {
        return crc == computedCrc(nodeMs, wallMs);
    }

    @Override
    public void bind(PreparedStatement insert) throws SQLException {
        insert.setLong(1, nodeMs);
        insert.setLong(2, wallMs);
        insert.setInt(3, crc);
    }
}
