// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables and how they came about. Version {@code n} of the schema is what the first {@code n} migrations make of
 * an empty file; the file carries its version, and what it lacks is made up for when it is opened. A migration that
 * was once released is never changed. Every table but notes is filled at its end and has no index, so a commit writes
 * few pages.
 *
 * @param migrations for each version the statements that lead to it from the one before
 */
record Schema(List<List<String>> migrations) {

    /** Says that a database is a store of ours: "SRPs" in ASCII. */
    static final int APPLICATION_ID = 0x53525073;

    private static final int TABLES = 9;

    /** Version 2: who does not know the log would take packets for empty. */
    private static final List<String> CONTENTS_IN_LOG = List.of();

    static final Schema CURRENT = of(Layout.SMALL_PAGES);

    /** The schema as a file of that layout has it. */
    static Schema of(Layout layout) {
        return new Schema(List.of(layout.statements(), CONTENTS_IN_LOG));
    }

    /** @throws ForeignDatabaseException when it belongs to another program, or to a later version of this one */
    void check(Connection connection) throws SQLException, ForeignDatabaseException {
        int application = number(connection, "PRAGMA application_id");
        int version = number(connection, "PRAGMA user_version");
        if (application == APPLICATION_ID && version > migrations.size()) {
            throw new ForeignDatabaseException("it has version " + version + " of the store's schema, and this program"
                    + " knows " + migrations.size() + " at the most");
        }
        if (application != APPLICATION_ID && hasOurTables(connection)) {
            throw SqlError.corrupt("its application id is 0x%08x, but its tables are ours".formatted(application));
        }
        if (application != APPLICATION_ID && !isNew(connection)) {
            throw new ForeignDatabaseException(
                    "it has the application id 0x%08x and belongs to another program".formatted(application));
        }
    }

    /** Brings the tables to this version; all of it or nothing. */
    void migrate(Connection connection) throws SQLException {
        int version = number(connection, "PRAGMA user_version");
        if (version == migrations.size()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (List<String> migration : migrations.subList(version, migrations.size())) {
                for (String step : migration) {
                    statement.execute(step);
                }
            }
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
            statement.execute("PRAGMA user_version = " + migrations.size());
            statement.execute("COMMIT");
            // From now on the file itself says what it is, whatever becomes of the log beside it.
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /** Whether it is of version 1, which had no log. */
    static boolean isBeforeLog(Connection connection) throws SQLException {
        return number(connection, "PRAGMA user_version") == 1;
    }

    static boolean isNew(Connection connection) throws SQLException {
        return number(connection, "PRAGMA application_id") == 0
                && number(connection, "PRAGMA user_version") == 0
                && number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
    }

    /** Four bytes of another program's do not make a store of it, and four wrong bytes do not unmake one. */
    private static boolean hasOurTables(Connection connection) throws SQLException {
        return number(
                        connection,
                        "SELECT count(*) FROM sqlite_schema WHERE name IN ('packets', 'passed_on', 'delivered', 'seen', "
                                + "'consumers', 'deliveries', 'notes', 'clock', 'room')")
                == TABLES;
    }

    private static int number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
