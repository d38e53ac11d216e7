// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteException;

/** What an error of SQLite is about, by its code (sqlite.org/rescode.html). */
final class SqlError {

    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int NO_MEMORY = 7;
    private static final int READ_ONLY = 8;
    private static final int IO = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANNOT_OPEN = 14;
    private static final int TOO_BIG = 18;
    private static final int CONSTRAINT = 19;
    private static final int MISMATCH = 20;
    private static final int RANGE = 25;

    private static final int IO_READ = IO | 1 << 8;
    private static final int IO_SHORT_READ = IO | 2 << 8;
    private static final int IO_DATA = IO | 32 << 8;
    private static final int IO_CORRUPT_FS = IO | 33 << 8;

    private static final Set<Integer> SURROUNDINGS = Set.of(BUSY, LOCKED, NO_MEMORY, READ_ONLY, IO, FULL, CANNOT_OPEN);
    private static final Set<Integer> READING = Set.of(IO_READ, IO_SHORT_READ, IO_DATA, IO_CORRUPT_FS);
    private static final Set<Integer> ONE_CHANGE = Set.of(TOO_BIG, CONSTRAINT, MISMATCH, RANGE);

    private SqlError() {}

    /** Whether one of the changes is to blame, not the database or what it lies on. */
    static boolean isOfOneChange(Exception e) {
        return !(e instanceof SQLException sql) || ONE_CHANGE.contains(primary(sql));
    }

    static boolean isWantOfRoom(SQLException e) {
        return primary(e) == FULL;
    }

    /** Whether the host keeps the file from being opened; otherwise its content does. */
    static boolean isOfSurroundings(SQLException e) {
        return SURROUNDINGS.contains(primary(e)) && !READING.contains(code(e));
    }

    /** What the log could not write, as the database would say it. */
    static SQLException ofLog(IOException e) {
        return new SQLException(String.valueOf(e.getMessage()), null, e instanceof LogFullException ? FULL : IO, e);
    }

    static SQLException corrupt(String message) {
        return new SQLException(message, null, CORRUPT);
    }

    /** The lower byte is the kind, the upper ones say more. */
    private static int primary(SQLException e) {
        return code(e) & 0xff;
    }

    private static int code(SQLException e) {
        return e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
    }
}
