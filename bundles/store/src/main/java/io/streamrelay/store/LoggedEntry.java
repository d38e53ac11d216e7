// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.util.List;

/**
 * An entry that is safe, and is to be made true in the database.
 *
 * @param end up to where the database has everything when it is
 */
record LoggedEntry(LogEntry entry, LogPosition end) {

    static LoggedEntry of(LogFrame frame) {
        return new LoggedEntry(frame.entry(), frame.end());
    }

    /** The same with other changes. */
    LoggedEntry with(List<StoreChange> changes) {
        return new LoggedEntry(LogEntry.of(entry.at(), changes), end);
    }

    /** How many changes it has. */
    int changes() {
        return entry.changes().size();
    }
}
