// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open database: who writes it, who reads it, and its files. */
record OpenDatabase(DatabaseFiles files, Database database, StoreReader reader, ConsumersFile consumers) {

    private static final Logger LOG = LoggerFactory.getLogger(OpenDatabase.class);

    /** As {@link Database#apply}. */
    void apply(List<LoggedEntry> logged, LogPosition upTo) throws SQLException {
        int consumersBefore = tables().consumers().size();
        database.apply(logged, upTo);
        if (tables().consumers().size() != consumersBefore) {
            keepConsumers();
        }
    }

    /** Has the consumers written down once more, beside the database. */
    void keepConsumers() {
        consumers.keep(tables().consumers());
    }

    Tables tables() {
        return database.tables();
    }

    void addCounters(Map<String, Long> counters) {
        tables().addCounters(counters);
        counters.put("damaged.rows", database.damaged().count());
        counters.put("file.bytes", files.fileBytes());
        counters.put("wal.bytes", files.walBytes());
    }

    /** The reader goes first: as long as it is there the log cannot be moved to the file as a whole. */
    void close() {
        try {
            reader.close();
        } catch (SQLException e) {
            LOG.debug("The reading connection of {} could not be closed", files.file(), e);
        }
        database.close();
    }
}
