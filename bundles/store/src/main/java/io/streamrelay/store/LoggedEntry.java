// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

/**
 * An entry that is safe, and is to be made true in the database.
 *
 * @param end up to where the database has everything when it is
 */
record LoggedEntry(LogEntry entry, LogPosition end) {

    static LoggedEntry of(LogFrame frame) {
        return new LoggedEntry(frame.entry(), frame.end());
    }

    /** How many changes it has. */
    int changes() {
        return entry.changes().size();
    }
}
