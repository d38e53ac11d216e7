// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes changes to a {@link SessionDatabase} in their order. All that come while one commit is under way share the next
 * one, so that a disk which is slow to say that it has written takes many at once. Thread-safe.
 */
final class GroupCommit {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /**
     * How long a change that nobody waits for may wait for one that somebody does. Our own choice: so much of what is
     * over is not known to be when the process is killed.
     */
    private static final long COMPANY_MS = 50;

    /** After how long a commit that failed is tried again. Our own choice. */
    private static final long RETRY_MS = 1_000;

    /** How long the last commit may take when this is closed. Our own choice. */
    private static final long CLOSE_MS = 5_000;

    /** One change of the database. */
    interface Change {
        void on(Connection connection) throws SQLException;
    }

    private final SessionDatabase database;
    private final List<Change> queue = new ArrayList<>();
    private Thread thread;
    /** Changes are counted from 1 in their order. */
    private long written;

    private long committed;
    private long reliedOn;
    private long awaited;
    private int failures;
    private IOException failure;
    private boolean closed;
    private boolean ended;

    GroupCommit(SessionDatabase database) {
        this.database = database;
    }

    SessionDatabase database() {
        return database;
    }

    /**
     * Takes a change that others are going to rely on.
     *
     * @return its number
     * @throws IOException when it is not taken, for the ones before it cannot be written
     */
    synchronized long write(Change change) throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
        if (closed) {
            throw new IOException(database.file() + " is closed");
        }
        reliedOn = add(change);
        return reliedOn;
    }

    /** Takes a change that others are going to rely on, also while the ones before it cannot be written. */
    synchronized void require(Change change) {
        if (!closed) {
            reliedOn = add(change);
        }
    }

    /** Takes a change that nobody relies on: without it, what is over would only be gone through once more. */
    synchronized void note(Change change) {
        if (!closed) {
            add(change);
        }
    }

    private long add(Change change) {
        if (thread == null) {
            Thread fresh = new Thread(this::run, "streamrelay-mqtt-commit");
            fresh.setDaemon(true);
            fresh.start();
            thread = fresh;
        }
        queue.add(change);
        written++;
        notifyAll();
        return written;
    }

    /** The number up to which changes outlive a loss of power. */
    synchronized long committed() {
        return committed;
    }

    /**
     * Returns when all that others rely on and that was taken until now outlives a loss of power.
     *
     * @throws IOException when that has failed
     */
    void awaitAll() throws IOException {
        long all;
        synchronized (this) {
            all = reliedOn;
        }
        await(all);
    }

    /** The same for the changes up to a number. */
    synchronized void await(long until) throws IOException {
        int before = failures;
        while (isAwaited(until)) {
            if (failure != null && failures != before) {
                throw new IOException(failure);
            }
            pause();
        }
    }

    /**
     * Returns when the changes up to a number outlive a loss of power, however often that fails before.
     *
     * @throws IOException when that is never going to be, or who waits is interrupted
     */
    synchronized void outlast(long until) throws IOException {
        while (isAwaited(until)) {
            pause();
        }
    }

    /** Whether it has to be waited for. */
    private boolean isAwaited(long until) throws IOException {
        if (committed >= until) {
            return false;
        }
        if (ended) {
            throw new IOException(database.file() + " is closed");
        }
        if (awaited < until) {
            awaited = until;
            notifyAll();
        }
        return true;
    }

    private void pause() throws InterruptedIOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(database.file() + ": interrupted before it was written");
        }
    }

    /** Writes what is left, tries that once, and closes the database. */
    void close() {
        Thread last;
        synchronized (this) {
            closed = true;
            last = thread;
            notifyAll();
        }
        if (last == null) {
            database.close();
            return;
        }
        try {
            last.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (List<Change> batch = next(); !batch.isEmpty(); batch = next()) {
                if (!commit(batch) && isOverAfterPause()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it but who ends the process.
            Thread.currentThread().interrupt();
        } finally {
            end();
            database.close();
        }
    }

    /** Nobody is to wait any more. */
    private synchronized void end() {
        closed = true;
        ended = true;
        notifyAll();
    }

    /** What to commit together; nothing when there is nothing left and never will be. */
    private synchronized List<Change> next() throws InterruptedException {
        while (queue.isEmpty() && !closed) {
            wait();
        }
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(COMPANY_MS);
        for (long left = COMPANY_MS; left > 0 && awaited <= committed && !closed; ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
        }
        return List.copyOf(queue);
    }

    private boolean commit(List<Change> batch) {
        try {
            database.transact(connection -> {
                for (Change change : batch) {
                    change.on(connection);
                }
                return null;
            });
        } catch (IOException e) {
            failed(e);
            return false;
        } catch (Error e) {
            // Out of memory, most likely: there will be some again.
            failed(new IOException(database.file() + ": " + e, e));
            return false;
        }
        succeeded(batch.size());
        return true;
    }

    private synchronized void succeeded(int count) {
        if (failure != null) {
            LOG.info("Messages of QoS 2 are kept in {} again", database.file());
        }
        failure = null;
        queue.subList(0, count).clear();
        committed += count;
        notifyAll();
    }

    private synchronized void failed(IOException e) {
        if (failure == null) {
            LOG.error("Messages of QoS 2 cannot be kept, it is tried again each second: {}", e.getMessage());
        }
        failure = e;
        failures++;
        notifyAll();
    }

    private synchronized boolean isOverAfterPause() throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MS);
        for (long left = RETRY_MS; left > 0 && !closed; ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
        }
        return closed;
    }
}
