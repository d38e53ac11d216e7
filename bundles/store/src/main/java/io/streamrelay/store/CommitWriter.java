// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of a store that makes changes, in order, and tells who waits for them. */
final class CommitWriter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(CommitWriter.class);

    private final CommitQueue queue;
    private final Ledger ledger;
    private final KnownPeers peers;
    private final Runnable atEnd;
    private final LongAdder groups = new LongAdder();
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /** @param atEnd is run when everything has been committed */
    CommitWriter(CommitQueue queue, Ledger ledger, KnownPeers peers, Runnable atEnd) {
        this.queue = queue;
        this.ledger = ledger;
        this.peers = peers;
        this.atEnd = atEnd;
    }

    /** Commits until the queue is closed and empty. */
    @Override
    public void run() {
        long earliestNanos = System.nanoTime();
        while (!queue.isFinished()) {
            List<Commit> group = queue.takeAll(Math.min(peers.waitNanos(), ledger.waitNanos()), earliestNanos);
            earliestNanos = System.nanoTime() + ledger.groupNanos();
            clearInterrupt();
            if (!group.isEmpty()) {
                commit(group);
            }
            attend();
            peers.saveIfDue();
        }
        peers.save();
        ledger.close();
        atEnd.run();
    }

    /** Whoever waited for a commit may have left this thread interrupted, which would close the files that it uses. */
    private static void clearInterrupt() {
        if (Thread.interrupted()) {
            LOG.debug("The writer was interrupted, and goes on");
        }
    }

    private void attend() {
        clearInterrupt();
        try {
            ledger.attend();
        } catch (RuntimeException e) {
            LOG.error("The store is not looked after", e);
        }
    }

    private void commit(List<Commit> group) {
        groups.increment();
        List<Optional<Exception>> failures = failuresOf(group);
        for (int i = 0; i < group.size(); i++) {
            Commit commit = group.get(i);
            if (failures.get(i).isEmpty()) {
                peers.apply(commit.changes());
                done.increment();
            } else {
                failed.increment();
            }
            commit.settle(failures.get(i));
        }
    }

    private List<Optional<Exception>> failuresOf(List<Commit> group) {
        try {
            return ledger.commit(group.stream().map(Commit::changes).toList());
        } catch (RuntimeException e) {
            // An error of our own must not end the thread that all commits wait for.
            return Collections.nCopies(group.size(), Optional.of(e));
        }
    }

    /** In how many groups commits were tried: each is one transaction, unless one of them is refused. */
    long groups() {
        return groups.sum();
    }

    /** How many commits were made. */
    long done() {
        return done.sum();
    }

    /** How many commits could not be made. */
    long failed() {
        return failed.sum();
    }
}
