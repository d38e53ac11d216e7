// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over what can be read of a damaged {@link SessionDatabase}; each row's checksum is looked at when it is loaded. */
final class SessionSalvage {

    private static final Logger LOG = LoggerFactory.getLogger(SessionSalvage.class);

    private SessionSalvage() {}

    /**
     * @param into the other database, within a transaction
     * @return how many rows came into it
     * @throws SQLException when that one cannot be written, or the surroundings keep the damaged one from being read
     */
    static int run(Path damaged, Connection into) throws SQLException {
        int rows = 0;
        for (String table : List.of(CustodyTable.NAME, DispatchTable.NAME)) {
            // What is behind a page that cannot be read is reached from the other end.
            for (String order : List.of("ASC", "DESC")) {
                rows += insert(read(damaged, "SELECT * FROM " + table + " ORDER BY rowid " + order), into, table);
            }
        }
        return rows;
    }

    /** As far as it goes. */
    private static List<Object[]> read(Path damaged, String query) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        try (Connection from = SessionDatabase.connect(damaged);
                Statement statement = from.createStatement()) {
            // Without the first of these a file that is too short is refused.
            statement.execute("PRAGMA writable_schema = ON");
            statement.execute("PRAGMA query_only = ON");
            read(statement, query, rows);
        } catch (SQLException e) {
            if (!SqliteError.isOfContent(e)) {
                throw e;
            }
            LOG.debug("{}: {} ends after {} rows: {}", damaged, query, rows.size(), e.getMessage());
        }
        return rows;
    }

    private static void read(Statement statement, String query, List<Object[]> rows) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                Object[] values = new Object[columns];
                for (int column = 0; column < columns; column++) {
                    values[column] = row.getObject(column + 1);
                }
                rows.add(values);
            }
        }
    }

    private static int insert(List<Object[]> rows, Connection into, String table) throws SQLException {
        int inserted = 0;
        for (Object[] values : rows) {
            String places = String.join(", ", Collections.nCopies(values.length, "?"));
            try (PreparedStatement insert =
                    into.prepareStatement("INSERT OR IGNORE INTO " + table + " VALUES (" + places + ")")) {
                for (int column = 0; column < values.length; column++) {
                    insert.setObject(column + 1, values[column]);
                }
                inserted += insert.executeUpdate();
            }
        }
        return inserted;
    }
}
