// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a folder's database and its log whatever has become of their files. What cannot be used is set aside under another name with
 * one clear line in the log, and what can be read of it is taken over.
 */
final class DatabaseOpener {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseOpener.class);

    private final DatabaseFiles files;
    private final Connections connections;
    private final StoreClocks clocks;
    private final ConsumersFile consumers;
    private final Map<String, Integer> known;
    private final LogSegments segments;
    private final DatabaseSettings settings;
    private LogScan scan;
    private LogPosition applied;
    private final List<LoggedEntry> rest = new ArrayList<>();
    private long wrongRows;

    DatabaseOpener(DatabaseFiles files, DatabaseSettings settings, StoreClocks clocks, ConsumersFile consumers)
            throws IOException {
        this.files = files;
        this.consumers = consumers;
        this.known = consumers.read();
        this.clocks = clocks;
        this.settings = settings;
        segments = new LogSegments(files.folder());
        connections = new Connections(settings);
    }

    /** @throws IOException when the folder or the host keeps it from being opened, never for a file's content */
    LoggedTransactions open() throws IOException {
        try {
            files.finishExchange();
            lookAtWal();
            scan = LogScan.of(segments);
            if (scan.damagedBlocks() > 0) {
                LOG.warn(
                        "{} blocks of the log in {} are damaged; what was in them is left out",
                        scan.damagedBlocks(),
                        files.folder());
            }
            Database database = openOrReplace();
            sayWhatIsLost(database);
            OpenDatabase open = new OpenDatabase(files, database, newReader(database), consumers);
            if (!known.equals(open.tables().consumers())) {
                open.keepConsumers();
            }
            PacketLog log = openLog(open);
            return LoggedTransactions.open(log, open, applied, rest, clocks.nanos());
        } catch (SQLException | IOException e) {
            throw new IOException("the store " + files.file() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private PacketLog openLog(OpenDatabase database) throws IOException {
        try {
            return PacketLog.open(segments, applied.segment(), settings.blocksMax());
        } catch (IOException e) {
            database.close();
            throw e;
        }
    }

    private StoreReader newReader(Database database) throws SQLException {
        try {
            return new StoreReader(files.file(), connections.reader(files.file()), database.clock());
        } catch (SQLException e) {
            database.close();
            throw e;
        }
    }

    private void sayWhatIsLost(Database database) {
        database.damaged().count(wrongRows);
        if (database.damaged().count() > 0) {
            LOG.warn(
                    "{}: {} rows are damaged and left out",
                    files.file(),
                    database.damaged().count());
        }
    }

    private void lookAtWal() throws IOException {
        if (files.fileBytes() == 0 && files.walBytes() > 0) {
            Path aside = files.freeName("damaged");
            LOG.warn("{} is gone, and the log beside it is of no use alone: it is kept as {}-wal", files.file(), aside);
            files.setAside(aside);
            return;
        }
        WalMender mender = new WalMender(files.wal());
        if (mender.isDamaged()) {
            Path copy = DatabaseFiles.companion(files.freeName("damaged"), "-wal");
            LOG.warn("{} is damaged and is mended; as it was, it is kept as {}", files.wal(), copy);
            keep(files.wal(), copy);
            mender.mend();
        }
    }

    /** As far as there is room for a copy. */
    private static void keep(Path file, Path copy) throws IOException {
        try {
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", copy, e.toString());
            Files.deleteIfExists(copy);
        }
    }

    private Database openOrReplace() throws SQLException, IOException {
        try {
            return openAsItIs();
        } catch (ForeignDatabaseException e) {
            Path aside = files.freeName("foreign");
            LOG.warn("{}: {}; it is kept as {}, the store begins empty", files.file(), e.getMessage(), aside);
            // Its log first: without the database beside it nobody would know whose that is.
            segments.setAside(DatabaseFiles.ending(aside));
            files.setAside(aside);
            scan = LogScan.of(segments);
        } catch (SQLException e) {
            if (SqlError.isOfSurroundings(e)) {
                throw e;
            }
            replace(e);
        }
        try {
            return openAsItIs();
        } catch (ForeignDatabaseException e) {
            throw new IllegalStateException("a database that was just made is ours", e);
        }
    }

    private Database openAsItIs() throws SQLException, IOException, ForeignDatabaseException {
        DatabaseFiles.create(files.file());
        Connection connection = connections.connect(files.file());
        try {
            Schema.CURRENT.check(connection);
            check(connection);
            connections.prepareToWrite(connection);
            if (Schema.isBeforeLog(connection) && !segments.sizes().isEmpty()) {
                String ending = DatabaseFiles.ending(files.freeName("foreign"));
                LOG.warn(
                        "{} does not belong to the log beside it, whose files are kept with the ending .{}",
                        files.file(),
                        ending);
                segments.setAside(ending);
                scan = LogScan.of(segments);
            }
            Schema.CURRENT.migrate(connection);
            List<String> lost = ConsumerTable.restore(connection, known);
            if (!lost.isEmpty()) {
                LOG.warn("{} has lost its consumers {}; they are known all the same", files.file(), lost);
            }
            Database database = Database.load(connection, clocks, scan);
            replay(database);
            return database;
        } catch (SQLException | IOException | RuntimeException | ForeignDatabaseException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * What was safe when the store was closed or the power went, and the database was not told; as far as there is room for
     * it now, for whoever starts is not to be kept from it by a full disk.
     */
    private void replay(Database database) throws SQLException, IOException {
        applied = database.position().orElse(scan.applied());
        rest.clear();
        if (!database.isRecovered()) {
            recover(database);
        }
        Application application = new Application(database::apply);
        for (int segment : segments.sizes().tailMap(applied.segment()).keySet()) {
            int from = segment == applied.segment() ? applied.block() : 0;
            segments.read(segment, from, frame -> rest.add(LoggedEntry.of(frame)));
            replayRest(database, application);
        }
    }

    private void replayRest(Database database, Application application) throws SQLException {
        try {
            while (!rest.isEmpty()) {
                List<LoggedEntry> first = rest.subList(0, Application.first(rest));
                application.apply(first);
                applied = first.get(first.size() - 1).end();
                first.clear();
            }
        } catch (SQLException e) {
            if (!SqlError.isOfSurroundings(e)) {
                throw e;
            }
            if (isRoomMade(database)) {
                replayRest(database, application);
                return;
            }
            LOG.debug("{} entries of the log wait for room in the database", rest.size(), e);
        }
    }

    /** Gives the database the room that is kept for a full disk. @return false when there is none */
    private boolean isRoomMade(Database database) {
        boolean released = LogReserve.ofStart(files.folder()).release();
        try {
            database.makeRoom();
        } catch (SQLException e) {
            LOG.debug("SQLite's log stays as it is", e);
        }
        return released;
    }

    /** What the database has lost of packets and deliveries, or never had, the log may have. */
    private void recover(Database database) throws SQLException, IOException {
        LostPackets packets = new LostPackets();
        LostDeliveries deliveries = new LostDeliveries();
        int complete = segments.firstBehindAllGaps();
        segments.readFrom(LogPosition.START, frame -> {
            packets.frame(frame);
            if (frame.at().segment() >= complete) {
                deliveries.frame(frame);
            }
        });
        int found;
        try {
            found = recover(database, packets, deliveries, complete);
        } catch (SQLException e) {
            if (!SqlError.isWantOfRoom(e) || !isRoomMade(database)) {
                throw e;
            }
            found = recover(database, packets, deliveries, complete);
        }
        if (found > 0) {
            LOG.warn("{}: {} packets that it had lost were found in the log", files.file(), found);
        }
    }

    /**
     * Deliveries first: those that are there are left as they are, should this have to begin anew.
     *
     * @param complete the segment from which on none is missing
     */
    private int recover(Database database, LostPackets packets, LostDeliveries deliveries, int complete)
            throws SQLException, IOException {
        for (int segment : segments.sizes().tailMap(complete).keySet()) {
            List<LoggedEntry> puts = new ArrayList<>();
            segments.read(segment, 0, frame -> puts.add(deliveries.of(LoggedEntry.of(frame))));
            database.apply(puts, null);
        }
        return database.recover(packets.puts());
    }

    /** Looks whether the pages hang together; whether the rows on them are right is seen when they are read. */
    private static void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            String finding = row.next() ? row.getString(1) : "no answer";
            if (!"ok".equals(finding)) {
                throw SqlError.corrupt(finding.strip().replace('\n', ' '));
            }
        }
    }

    /** The damaged database keeps its name until the one that takes its place is complete. */
    private void replace(SQLException damage) throws SQLException, IOException {
        Salvage.Haul haul = Salvage.run(connections, files);
        wrongRows = haul.wrongRows();
        Path aside = files.freeName("damaged");
        files.exchange(aside);
        LOG.warn(
                "{} is damaged ({}); it is kept as {}, {} could be taken over",
                files.file(),
                damage.getMessage(),
                aside,
                haul);
    }
}
