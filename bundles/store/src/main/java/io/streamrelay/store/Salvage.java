// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over into a fresh database what can be read of a damaged one: rows whose checksums are right. First what exists
 * nowhere else, in case that the disk has no room for all of it.
 */
final class Salvage {

    private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);

    private final Connection from;
    private final SalvageWriter to;
    private long packets;
    private long deliveries;
    private long notes;
    private long wrongRows;

    /**
     * What was taken over.
     *
     * @param rows of all tables
     */
    record Haul(long packets, long deliveries, long notes, long wrongRows, long rows) {

        static final Haul NOTHING = new Haul(0, 0, 0, 0, 0);

        @Override
        public String toString() {
            return packets + " packets, " + deliveries + " deliveries and " + notes + " notes";
        }
    }

    private Salvage(Connection from, SalvageWriter to) {
        this.from = from;
        this.to = to;
    }

    /** Makes the fresh database; whatever is in the damaged one, and however little of it can be read, is no error. */
    static Haul run(Connections connections, DatabaseFiles files) throws SQLException, IOException {
        List<FirstBlock> firstBlocks = new ArrayList<>();
        // The last one stays as the fresh database.
        for (Layout layout : List.of(Layout.LARGE_PAGES, Layout.SMALL_PAGES)) {
            files.deleteFresh();
            firstBlocks.add(0, make(connections, files.fresh(), layout));
        }
        try (Connection to = connections.connect(files.fresh())) {
            connections.prepareToWrite(to);
            Haul haul = read(connections, files.file(), firstBlocks, to);
            // All of it is in the one file then, which can be given its name.
            Connections.execute(to, "PRAGMA wal_checkpoint(TRUNCATE)");
            return haul;
        }
    }

    private static FirstBlock make(Connections connections, Path fresh, Layout layout)
            throws SQLException, IOException {
        DatabaseFiles.create(fresh);
        try (Connection to = connections.connect(fresh)) {
            connections.prepareToWrite(to, layout);
            Schema.of(layout).migrate(to);
            return FirstBlock.of(fresh, layout);
        }
    }

    /** @param firstBlocks of each layout; today's first, for its pages do not hang together in a file of the other */
    private static Haul read(Connections connections, Path damaged, List<FirstBlock> firstBlocks, Connection to)
            throws IOException {
        try {
            return read(connections, damaged, to);
        } catch (SQLException e) {
            LOG.debug(
                    "{} does not say where its tables are; they are sought where they were in the beginning",
                    damaged,
                    e);
        }
        Haul haul = Haul.NOTHING;
        for (FirstBlock first : firstBlocks) {
            if (haul.rows() == 0) {
                first.writeTo(damaged);
                haul = readBehindNewBlock(connections, damaged, to);
            }
        }
        return haul;
    }

    private static Haul readBehindNewBlock(Connections connections, Path damaged, Connection to) {
        try {
            return read(connections, damaged, to);
        } catch (SQLException e) {
            LOG.debug("Nothing can be read of {}", damaged, e);
            return Haul.NOTHING;
        }
    }

    private static Haul read(Connections connections, Path damaged, Connection to) throws SQLException {
        try (Connection from = connections.salvager(damaged)) {
            Connections.execute(from, "SELECT count(*) FROM sqlite_schema");
            for (RowKind<?> kind : RowKind.all()) {
                // An error here is one of the schema, not of rows.
                from.prepareStatement(kind.select()).close();
            }
            return new Salvage(from, new SalvageWriter(to)).takeAll();
        }
    }

    private Haul takeAll() throws SQLException {
        try {
            takeClock();
            copy(RowKind.CONSUMERS, row -> true);
            Set<Long> passedOn = new HashSet<>();
            copy(RowKind.PASSED_ON, row -> passedOn.add(row.seq()));
            packets += copy(RowKind.PACKETS, row -> isAlone(row, passedOn));
            deliveries += copy(RowKind.DELIVERIES, row -> true);
            takeNotes();
            copy(RowKind.DELIVERED, row -> true);
            packets += copy(RowKind.PACKETS, row -> !isAlone(row, passedOn));
            copy(RowKind.SEEN, row -> true);
            to.finish();
        } catch (SalvageEndsException e) {
            LOG.warn("What is left of a damaged store cannot be written ({}); it stays where it is", e.getMessage());
        }
        return new Haul(packets, deliveries, notes, wrongRows, to.rows());
    }

    private static boolean isAlone(PacketRow row, Set<Long> passedOn) {
        return row.has(PacketRow.OWN) && !row.has(PacketRow.PASSED_ON) && !passedOn.contains(row.seq());
    }

    private void takeClock() throws SalvageEndsException {
        try (PreparedStatement select = from.prepareStatement(LogPositionRow.SELECT);
                ResultSet rows = select.executeQuery()) {
            if (rows.next() && LogPositionRow.read(rows).isSound()) {
                to.write(LogPositionRow.INSERT, LogPositionRow.read(rows));
            }
        } catch (SQLException e) {
            LOG.debug("How far the log was applied cannot be read", e);
        }
        try {
            NodeClock.Reading reading = ClockTable.load(from).orElse(null);
            if (reading != null) {
                to.write(ClockRow.INSERT, ClockRow.of(reading));
            }
        } catch (SQLException e) {
            LOG.debug("Node time cannot be read", e);
        }
    }

    private <R extends Row> long copy(RowKind<R> kind, Predicate<R> wanted) throws SalvageEndsException {
        long[] copied = new long[1];
        new DamagedTable(from, kind.select(), kind.key())
                .forEach(result -> copied[0] += copyOne(kind, result, wanted) ? 1 : 0);
        return copied[0];
    }

    private <R extends Row> boolean copyOne(RowKind<R> kind, ResultSet result, Predicate<R> wanted)
            throws SQLException, SalvageEndsException {
        R row = kind.reader().read(result);
        if (!row.isSound()) {
            wrongRows++;
            return false;
        }
        return wanted.test(row) && to.write(kind.insert(), row);
    }

    private void takeNotes() throws SQLException, SalvageEndsException {
        if (NoteTable.isNumbered(from)) {
            notes += copy(RowKind.NUMBERED_NOTES, row -> true);
        } else {
            takeKeyedNotes();
        }
    }

    /** Their keys are texts: from both ends to the damage. */
    private void takeKeyedNotes() throws SalvageEndsException {
        for (String order : new String[] {" ORDER BY key", " ORDER BY key DESC"}) {
            try (PreparedStatement select = from.prepareStatement(NoteRow.SELECT + order);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    notes += copyOne(RowKind.NOTES, rows, row -> true) ? 1 : 0;
                }
                return;
            } catch (SQLException e) {
                LOG.debug("Notes cannot be read{}", order, e);
            }
        }
    }
}
