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

    /** What is told. */
    @FunctionalInterface
    interface Target {
        /**
         * All of it or nothing.
         *
         * @param upTo where in the log the database is then; null when it is where it was
         */
        void apply(List<LoggedEntry> entries, LogPosition upTo) throws SQLException;
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
        if (!isApplied(entries, entries.get(entries.size() - 1).end())) {
            for (LoggedEntry entry : entries) {
                if (!isApplied(List.of(entry), entry.end())) {
                    applyApart(entry);
                }
            }
        }
    }

    /** False when one of the changes is refused. */
    private boolean isApplied(List<LoggedEntry> entries, LogPosition upTo) throws SQLException {
        try {
            target.apply(entries, upTo);
            return true;
        } catch (SQLException | RuntimeException e) {
            if (!SqlError.isOfOneChange(e)) {
                throw e;
            }
            LOG.debug("One change in {} entries is refused by the database", entries.size(), e);
            return false;
        }
    }

    /** The database is not beyond the entry before all of it has been told: who is cut off begins with it again. */
    private void applyApart(LoggedEntry logged) throws SQLException {
        for (StoreChange change : logged.entry().changes()) {
            if (!isApplied(List.of(logged.with(List.of(change))), null)) {
                LOG.error("The database refuses {}", change.getClass().getSimpleName());
            }
        }
        target.apply(List.of(logged.with(List.of())), logged.end());
    }
}
