// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes are safe when the log has them, which is one write; the database is told of many at once, later, or when
 * somebody reads. One thread writes, any reads.
 */
final class LoggedTransactions implements Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(LoggedTransactions.class);

    /** How long what is safe waits for the database: the longer, the more of it is over by then. A guess. */
    private static final long APPLY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Where so much waits it is told at once. */
    private static final long BYTES_AT_ONCE = 4L << 20;

    /** So many changes wait at the most while the database cannot be written. */
    private static final int WAITING_MAX = 65_536;

    /** How soon segments that could not go are looked at again. */
    private static final long CLEAN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A full disk is not to be worn by looking for room. */
    private static final long RELIEVE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PacketLog log;
    private final OpenDatabase database;
    private final LongSupplier nanos;
    private final LogCleaner cleaner;
    private final Application application;
    private final WaitingEntries waiting = new WaitingEntries();
    private LogPosition applied;
    private long cleanNanos;
    private long relievedNanos;
    private boolean failing;

    private LoggedTransactions(PacketLog log, OpenDatabase database, LogPosition applied, LongSupplier nanos) {
        this.log = log;
        this.database = database;
        this.applied = applied;
        this.nanos = nanos;
        cleaner = new LogCleaner(log, database.tables().homes());
        application = new Application(database::apply);
        cleanNanos = nanos.getAsLong();
        relievedNanos = cleanNanos - RELIEVE_NANOS;
    }

    /**
     * @param applied up to where in the log the database has everything
     * @param rest what is in the log behind that, and the database cannot be told at the moment
     */
    static LoggedTransactions open(
            PacketLog log, OpenDatabase database, LogPosition applied, List<LoggedEntry> rest, LongSupplier nanos) {
        LoggedTransactions opened = new LoggedTransactions(log, database, applied, nanos);
        rest.forEach(entry -> opened.waiting.add(entry, nanos.getAsLong()));
        opened.failing = !rest.isEmpty();
        return opened;
    }

    @Override
    public void write(List<StoreChange> changes) throws SQLException {
        requireDatabase();
        LogEntry entry = LogEntry.of(database.database().clock().read(), withoutHeld(changes));
        LogPosition end = append(entry);
        synchronized (this) {
            waiting.add(new LoggedEntry(entry, end), nanos.getAsLong());
        }
    }

    /** A packet that is there already stays as it is: the log is not to have another of its name. */
    private synchronized List<StoreChange> withoutHeld(List<StoreChange> changes) throws SQLException {
        Set<Long> held = new HashSet<>();
        List<StoreChange> all = new ArrayList<>();
        for (StoreChange change : changes) {
            if (change instanceof StoreChange.RemovePacket remove) {
                held.remove(PacketRow.key(remove.id().bytes()));
            } else if (change instanceof StoreChange.EvictPacket evict) {
                held.remove(PacketRow.key(evict.id().bytes()));
            }
            boolean isNew = !(change instanceof StoreChange.PutPacket put)
                    || isNew(put.packet().id(), changes, held);
            if (isNew) {
                all.add(change);
            }
        }
        return all;
    }

    private boolean isNew(Id id, List<StoreChange> changes, Set<Long> held) throws SQLException {
        long key = PacketRow.key(id.bytes());
        if (waiting.puts(key) || database.tables().holds(key)) {
            applyAll();
        }
        return held.add(key) && (!database.tables().holds(key) || goes(id, changes));
    }

    private static boolean goes(Id id, List<StoreChange> changes) {
        return changes.contains(new StoreChange.RemovePacket(id)) || changes.contains(new StoreChange.EvictPacket(id));
    }

    /** What the database cannot take is not to pile up here. */
    private synchronized void requireDatabase() throws SQLException {
        if (failing || waiting.changes() > WAITING_MAX) {
            applyAll();
        }
    }

    private LogPosition append(LogEntry entry) throws SQLException {
        try {
            return log.append(entry, appliedNow());
        } catch (IOException e) {
            throw SqlError.ofLog(e);
        }
    }

    private synchronized LogPosition appliedNow() {
        return applied;
    }

    /**
     * The database with all that is safe.
     *
     * @throws UncheckedIOException when it cannot be told of that now: what it has is not what was committed
     */
    synchronized OpenDatabase current() {
        try {
            if (failing) {
                relieve();
            }
            applyAll();
            return database;
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(
                    "the store in " + log.segments().folder() + " cannot be read, for its database cannot be written: "
                            + e.getMessage(),
                    e));
        }
    }

    private void applyAll() throws SQLException {
        while (!waiting.isEmpty()) {
            applySome();
        }
    }

    private void applySome() throws SQLException {
        List<LoggedEntry> first = waiting.first();
        try {
            application.apply(first);
        } catch (SQLException e) {
            failing = true;
            throw e;
        }
        failing = false;
        applied = first.get(first.size() - 1).end();
        waiting.remove(first);
        cleanNanos = nanos.getAsLong();
    }

    /** The notes whose keys begin so, also those that the database cannot be told of: who sends and orders needs them. */
    synchronized Map<String, byte[]> notes(String prefix) {
        try {
            applyAll();
        } catch (SQLException e) {
            LOG.debug("Notes are read from what waits for the database, too", e);
        }
        Map<String, byte[]> notes = database.reader().notes(prefix);
        waiting.addNotes(prefix, notes);
        return notes;
    }

    /** The packets that are held, by their order of arrival. */
    synchronized List<StoredPacket> packets() {
        OpenDatabase now = current();
        Map<Long, byte[]> contents = new HashMap<>();
        try {
            log.segments().readFrom(LogPosition.START, frame -> addContents(frame, contents));
        } catch (IOException e) {
            throw new UncheckedIOException("the log in " + log.segments().folder() + " cannot be read", e);
        }
        return now.reader().packets(contents);
    }

    private void addContents(LogFrame frame, Map<Long, byte[]> contents) {
        PacketHomes homes = database.tables().homes();
        for (PacketBytes packet : frame.entry().packets()) {
            if (homes.find(packet.key()) == frame.at().segment()) {
                contents.put(packet.key(), packet.bytes());
            }
        }
    }

    /**
     * Segments that hold nothing go first: they may be all the room that the database needs to be told of others. It does
     * not get the reserve: who is killed now is to start with that.
     */
    @Override
    public synchronized void relieve() throws SQLException {
        if (nanos.getAsLong() - relievedNanos < RELIEVE_NANOS) {
            return;
        }
        relievedNanos = nanos.getAsLong();
        cleaner.removeEmpty(applied);
        makeRoom();
        applyAll();
        clean();
    }

    private void makeRoom() {
        try {
            database.database().makeRoom();
        } catch (SQLException e) {
            LOG.debug("SQLite's log stays as it is", e);
        }
    }

    @Override
    public synchronized void probe() throws SQLException {
        applyAll();
        database.database().probe();
        log.keepReserve();
        try {
            log.probe();
        } catch (IOException e) {
            throw SqlError.ofLog(e);
        }
    }

    @Override
    public synchronized long waitNanos() {
        if (!waiting.isEmpty()) {
            return waiting.sinceNanos() + APPLY_NANOS - nanos.getAsLong();
        }
        return cleaner.isDue() ? cleanNanos - nanos.getAsLong() : Long.MAX_VALUE;
    }

    @Override
    public synchronized void attend() throws SQLException {
        boolean much = waiting.changes() >= Application.CHANGES_AT_ONCE || waiting.bytes() >= BYTES_AT_ONCE;
        if (!waiting.isEmpty() && (much || waitNanos() <= 0)) {
            applySome();
        }
        if (cleanNanos - nanos.getAsLong() <= 0) {
            clean();
        }
        database.database().attend();
    }

    private void clean() {
        cleanNanos = nanos.getAsLong() + CLEAN_NANOS;
        try {
            if (cleaner.removeEmpty(applied)) {
                log.keepReserve();
            }
            // What waits may put a packet anew that would be taken along as it was.
            if (waiting.isEmpty()
                    && cleaner.takeAlong(database.database().clock().read(), applied)) {
                cleanNanos = nanos.getAsLong();
            }
        } catch (IOException e) {
            LOG.debug("The log keeps segments that could go", e);
        }
    }

    synchronized void addCounters(Map<String, Long> counters) {
        try {
            applyAll();
        } catch (SQLException e) {
            LOG.debug("The database is behind the log", e);
        }
        database.addCounters(counters);
        counters.put("log.bytes", log.bytes());
        counters.put("log.written.bytes", log.writtenBytes());
    }

    @Override
    public synchronized void close() {
        try {
            applyAll();
        } catch (SQLException e) {
            LOG.debug("What the database was not told is told at the next start", e);
        }
        database.close();
        log.close();
    }
}
