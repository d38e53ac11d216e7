// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where commits are handed in: a bounded queue and the daemon thread, {@code srp-store-<folder>}, that works it off.
 * Thread-safe.
 */
final class CommitDesk {

    private final StoreFiles files;
    private final StoreLimits limits;
    private final Ledger ledger;
    private final CommitQueue queue;
    private final CommitWriter writer;
    private final Thread writerThread;
    private final LongAdder refused = new LongAdder();

    private CommitDesk(StoreFiles files, Ledger ledger, StoreLimits limits) {
        this.files = files;
        this.limits = limits;
        this.ledger = ledger;
        queue = new CommitQueue(limits.pendingCommits(), ledger.groupNanos());
        writer = new CommitWriter(queue, ledger, files.peers(), files::close);
        writerThread = new Thread(writer, "srp-store-" + files.folder().getFileName());
        writerThread.setDaemon(true);
    }

    /** Opens; from now on the ledger and the files belong to its thread, which closes them at the end. */
    static CommitDesk open(StoreFiles files, Ledger ledger, StoreLimits limits) {
        CommitDesk desk = new CommitDesk(files, ledger, limits);
        desk.writerThread.start();
        return desk;
    }

    /** Takes changes. When too many commits wait already, it waits for a place, and then refuses. */
    CompletionStage<Void> commit(List<StoreChange> changes) {
        // The writer must not wait for itself: a callback that commits finds room or is refused.
        long waitNanos =
                Thread.currentThread() == writerThread ? 0 : limits.commitWait().toNanos();
        try {
            ChangeCheck.check(changes);
            Commit commit = Commit.of(changes);
            return switch (queue.offer(commit, waitNanos)) {
                case TAKEN -> commit.done();
                case FULL -> refuse("does not keep up: " + limits.pendingCommits() + " commits wait");
                case CLOSED -> refuse("is closed");
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refuse("was not waited for");
        } catch (IllegalArgumentException | NullPointerException e) {
            refused.increment();
            return CompletableFuture.failedStage(e);
        }
    }

    private CompletionStage<Void> refuse(String why) {
        refused.increment();
        return CompletableFuture.failedStage(new IOException("the store in " + files.folder() + " " + why));
    }

    void addCounters(Map<String, Long> counters) {
        ledger.addCounters(counters);
        counters.put("peers", (long) files.peers().size());
        counters.put("commits.pending", (long) queue.size());
        counters.put("commits.groups", writer.groups());
        counters.put("commits.done", writer.done());
        counters.put("commits.failed", writer.failed());
        counters.put("commits.refused", refused.sum());
    }

    /** Takes nothing more; returns when everything that was taken is committed, unless the thread itself asks. */
    void close() {
        queue.close();
        if (Thread.currentThread() == writerThread) {
            return;
        }
        try {
            writerThread.join();
        } catch (InterruptedException e) {
            // The writer finishes without its caller.
            Thread.currentThread().interrupt();
        }
    }
}
