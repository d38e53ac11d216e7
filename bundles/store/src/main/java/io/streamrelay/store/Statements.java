// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A connection's statements, each prepared once. After an error the driver's statements are of no use any more. */
final class Statements {

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    /** The statement of a text; one of a few. */
    PreparedStatement of(String text) throws SQLException {
        PreparedStatement known = prepared.get(text);
        if (known == null) {
            known = connection.prepareStatement(text);
            prepared.put(text, known);
        }
        return known;
    }

    /** The one number that a query gives, 0 for none. */
    long number(String query) throws SQLException {
        try (ResultSet row = of(query).executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Prepares all anew. */
    void renew() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
    }

    /** For statements of any text, run once. */
    Connection connection() {
        return connection;
    }
}
