// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is safe in the log true in the database. A change that the database refuses, whatever else is asked of it,
 * keeps nothing else from being true: who made it was told long ago that it is safe.
 */
final class Application {

    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    /** What the database takes in one transaction: some ten milliseconds, for which a commit may have to wait. */
    static final int CHANGES_AT_ONCE = 1_024;

    /** All of it or nothing. */
    @FunctionalInterface
    interface Target {
        void apply(List<LoggedEntry> entries) throws SQLException;
    }

    private final Target target;

    Application(Target target) {
        this.target = target;
    }

    /** How many of the first entries are one transaction. */
    static int first(List<LoggedEntry> entries) {
        int changes = 0;
        int count = 0;
        while (count < entries.size() && changes < CHANGES_AT_ONCE) {
            changes += entries.get(count).changes();
            count++;
        }
        return count;
    }

    /** Throws what kept the database from being written at all. */
    void apply(List<LoggedEntry> entries) throws SQLException {
        try {
            target.apply(entries);
        } catch (SQLException | RuntimeException e) {
            if (!SqlError.isOfOneChange(e)) {
                throw e;
            }
            LOG.debug("One of {} commits is refused by the database", entries.size(), e);
            for (LoggedEntry entry : entries) {
                applyApart(entry);
            }
        }
    }

    private void applyApart(LoggedEntry logged) throws SQLException {
        for (StoreChange change : logged.entry().changes()) {
            LogEntry alone = LogEntry.of(logged.entry().at(), List.of(change));
            try {
                target.apply(List.of(new LoggedEntry(alone, logged.end())));
            } catch (SQLException | RuntimeException e) {
                if (!SqlError.isOfOneChange(e)) {
                    throw e;
                }
                LOG.error("The database refuses {}", change.getClass().getSimpleName(), e);
            }
        }
    }
}
