// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteException;

/** What an error of SQLite is about, by its code (sqlite.org/rescode.html). */
final class SqliteError {

    private static final int ERROR = 1;
    private static final int CORRUPT = 11;
    private static final int NOT_A_DATABASE = 26;

    private static final int IO = 10;

    /** Errors of reading, which a damaged medium and a file that is too short lead to: read, short read, data, file system. */
    private static final Set<Integer> READING = Set.of(IO | 1 << 8, IO | 2 << 8, IO | 32 << 8, IO | 33 << 8);

    private SqliteError() {}

    static SQLException corrupt(String message) {
        return new SQLException(message, null, CORRUPT);
    }

    static SQLException foreign(String message) {
        return new SQLException(message, null, NOT_A_DATABASE);
    }

    /** Whether the file cannot be used for what is in it. */
    static boolean isDamage(SQLException e) {
        int code = code(e);
        int kind = code & 0xff;
        return kind == CORRUPT || kind == NOT_A_DATABASE || READING.contains(code);
    }

    /** The same, or what lacks in it. */
    static boolean isOfContent(SQLException e) {
        return isDamage(e) || code(e) == ERROR;
    }

    /** The lower byte is the kind, the upper ones say more. */
    private static int code(SQLException e) {
        return e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
    }
}
