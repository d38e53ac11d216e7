// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.NothingWrittenException;
import io.streamrelay.api.store.StoreChange;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Commits groups, each as a whole. A change that the database refuses costs its own commit alone; when nothing
 * can be written, all commits fail, what holds all the same is owed, and now and then it is tried again.
 */
final class SqliteLedger implements Ledger {

    /** As many as a full store has packets; a guess. */
    private static final int OWED_MAX = 65_536;

    /** How long commits fail without being tried: a full disk is not to be worn by it. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long PIECE_BYTES = 1 << 20;

    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How often the database looks whether the wall clock was set. */
    private static final long ATTEND_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path folder;
    private final Transactions database;
    private final StoreHealth health;
    private final long groupNanos;
    private final OwedChanges owed = new OwedChanges(OWED_MAX);

    SqliteLedger(Path folder, Transactions database, StoreHealth health, long groupNanos) {
        this.folder = folder;
        this.database = database;
        this.health = health;
        this.groupNanos = groupNanos;
    }

    @Override
    public long groupNanos() {
        return groupNanos;
    }

    @Override
    public List<Optional<Exception>> commit(List<List<StoreChange>> group) {
        List<Optional<Exception>> failures = new ArrayList<>();
        for (int from = 0; from < group.size(); ) {
            int to = endOfPiece(group, from);
            failures.addAll(commitPiece(group.subList(from, to)));
            from = to;
        }
        return failures;
    }

    /** So many commits that what they keep is some megabyte: it is in memory several times while it is written. */
    private static int endOfPiece(List<List<StoreChange>> group, int from) {
        long bytes = 0;
        int to = from;
        while (to < group.size() && (to == from || bytes < PIECE_BYTES)) {
            bytes += LogEntry.bytes(group.get(to));
            to++;
        }
        return to;
    }

    private List<Optional<Exception>> commitPiece(List<List<StoreChange>> group) {
        try {
            write(group.stream().flatMap(List::stream).toList());
            return group.stream().map(changes -> Optional.<Exception>empty()).toList();
        } catch (SQLException | RuntimeException e) {
            return SqlError.isOfOneChange(e) ? commitApart(group) : refuse(group);
        }
    }

    /** So that those who are not to blame do not suffer. */
    private List<Optional<Exception>> commitApart(List<List<StoreChange>> group) {
        List<Optional<Exception>> failures = new ArrayList<>();
        for (List<StoreChange> changes : group) {
            failures.add(commitAlone(changes));
        }
        return failures;
    }

    private Optional<Exception> commitAlone(List<StoreChange> changes) {
        try {
            write(changes);
            return Optional.empty();
        } catch (SQLException | RuntimeException e) {
            return SqlError.isOfOneChange(e) ? Optional.of(e) : refuseOne(changes);
        }
    }

    /** Throws what kept it from writing; the health knows of it, unless one change is to blame. */
    private void write(List<StoreChange> all) throws SQLException {
        List<StoreChange> changes =
                all.stream().filter(SqliteLedger::isOfDatabase).toList();
        if (changes.isEmpty()) {
            return;
        }
        if (health.isFailing() && health.ageNanos() < REST_NANOS) {
            throw health.cause();
        }
        try {
            if (health.isFailing()) {
                database.relieve();
            }
            payOwed();
            database.write(changes);
        } catch (SQLException e) {
            if (!SqlError.isOfOneChange(e)) {
                health.failed(e);
            }
            throw e;
        }
        // What only removes needs no room, and says nothing about it.
        if (changes.stream().anyMatch(LogEntry::isPut)) {
            health.worked();
        }
    }

    /** Apart from what comes next, which may need more room than there is. */
    private void payOwed() throws SQLException {
        while (owed.size() > 0) {
            List<StoreChange> first = owed.first(Application.CHANGES_AT_ONCE);
            database.write(first);
            owed.remove(first);
        }
    }

    private List<Optional<Exception>> refuse(List<List<StoreChange>> group) {
        return group.stream().map(this::refuseOne).toList();
    }

    private Optional<Exception> refuseOne(List<StoreChange> changes) {
        if (changes.stream().noneMatch(SqliteLedger::isOfDatabase)) {
            return Optional.empty();
        }
        owed.add(changes);
        SQLException cause = health.cause();
        String message = "the store in " + folder + " cannot be written (" + cause.getMessage() + ")";
        return Optional.of(
                SqlError.isWantOfRoom(cause)
                        ? new NothingWrittenException(message, cause)
                        : new IOException(message, cause));
    }

    /** Peers are kept elsewhere. */
    private static boolean isOfDatabase(StoreChange change) {
        return !(change instanceof StoreChange.PutPeer);
    }

    @Override
    public long waitNanos() {
        if (health.isFailing()) {
            return PROBE_NANOS - health.unprobedNanos();
        }
        long healthNanos = health.isRecovering() ? StoreHealth.WELL_NANOS - health.ageNanos() : ATTEND_NANOS;
        return Math.min(healthNanos, database.waitNanos());
    }

    @Override
    public void attend() {
        try {
            if (!health.isFailing()) {
                health.settle();
                database.attend();
            } else if (health.unprobedNanos() >= PROBE_NANOS) {
                health.probed();
                database.relieve();
                payOwed();
                database.probe();
                health.worked();
            }
        } catch (SQLException e) {
            health.failed(e);
        }
    }

    @Override
    public void addCounters(Map<String, Long> counters) {
        counters.put("failing", health.isFailing() ? 1L : 0L);
        counters.put("owed", (long) owed.size());
    }

    /** Tries once more to write what is owed. */
    @Override
    public void close() {
        try {
            payOwed();
        } catch (SQLException e) {
            health.failed(e);
        }
        database.close();
    }
}
