// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.util.concurrent.atomic.LongAdder;

/** The one thread of a store that makes changes, in order, and tells who waits for them. */
final class CommitWriter implements Runnable {

    private final CommitQueue queue;
    private final MemoryTables tables;
    private final PeersSaver peersSaver;
    private final Runnable atEnd;
    private final LongAdder done = new LongAdder();

    /** @param atEnd is run when everything has been committed */
    CommitWriter(CommitQueue queue, MemoryTables tables, PeersSaver peersSaver, Runnable atEnd) {
        this.queue = queue;
        this.tables = tables;
        this.peersSaver = peersSaver;
        this.atEnd = atEnd;
    }

    /** Commits until the queue is closed and empty. */
    @Override
    public void run() {
        while (!queue.isFinished()) {
            queue.takeAll(peersSaver.waitNanos(System.nanoTime())).forEach(this::commit);
            peersSaver.saveIfDue(System.nanoTime());
        }
        peersSaver.save();
        atEnd.run();
    }

    private void commit(Commit commit) {
        try {
            tables.apply(commit.changes());
        } catch (RuntimeException e) {
            commit.done().completeExceptionally(e);
            return;
        }
        if (commit.changes().stream().anyMatch(StoreChange.PutPeer.class::isInstance)) {
            peersSaver.changed();
        }
        done.increment();
        commit.done().complete(null);
    }

    /** How many commits were made. */
    long done() {
        return done.sum();
    }
}
