// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was to be kept for consumers while the store could not be written: tried again, all at once, until it can.
 * Meanwhile it is handed over from memory. Thread-safe.
 */
final class OwedCommits {

    private static final Logger LOG = LoggerFactory.getLogger(OwedCommits.class);

    /** After which a commit that failed is tried again. A guess: until somebody has made room on the disk. */
    private static final long RETRY_MS = 1_000;

    private static final long BYTES_MAX = Heap.sixteenth();

    private record Owed(Map<ConsumerQueue, List<StoredDelivery>> kept, List<StoreChange> notes) {

        private long bytes() {
            return kept.values().stream()
                    .flatMap(List::stream)
                    .mapToLong(delivery -> delivery.bytes().length)
                    .sum();
        }
    }

    private final ConsumerParts parts;
    private List<Owed> owed = new ArrayList<>();
    private long owedBytes;
    private boolean retrying;

    OwedCommits(ConsumerParts parts) {
        this.parts = parts;
    }

    synchronized void add(Map<ConsumerQueue, List<StoredDelivery>> kept, List<StoreChange> notes) {
        Owed added = new Owed(kept, notes);
        owed.add(added);
        owedBytes += added.bytes();
        retryLater();
    }

    /** Whether so much is owed that no more is to be taken. */
    synchronized boolean isFull() {
        return owedBytes >= BYTES_MAX;
    }

    private void retryLater() {
        if (!retrying) {
            retrying = true;
            parts.timer().after(RETRY_MS, this::retry);
        }
    }

    private void retry() {
        List<Owed> tried;
        synchronized (this) {
            tried = owed;
            owed = new ArrayList<>();
        }
        List<StoreChange> changes = new ArrayList<>();
        tried.forEach(each -> addTo(changes, each));
        parts.store().commit(changes).whenComplete((nothing, failure) -> settle(tried, failure));
    }

    private void settle(List<Owed> tried, Throwable failure) {
        if (failure == null) {
            // Not under this lock: a queue that commits may wait for the store.
            tried.forEach(each -> each.kept().forEach(ConsumerQueue::paid));
        }
        settled(tried, failure);
    }

    private synchronized void settled(List<Owed> tried, Throwable failure) {
        retrying = false;
        if (failure != null) {
            tried.addAll(owed);
            owed = tried;
        } else {
            tried.forEach(each -> owedBytes -= each.bytes());
            LOG.info("what {} messages owed to the store is kept now", tried.size());
        }
        if (!owed.isEmpty()) {
            retryLater();
        }
    }

    /**
     * Without the notes of how far a sender has come, for later ones may be there by now, and without what has been
     * acknowledged.
     */
    private static void addTo(List<StoreChange> changes, Owed owed) {
        owed.kept().forEach((queue, deliveries) -> deliveries.stream()
                .filter(queue::isOwed)
                .forEach(delivery -> changes.add(new StoreChange.PutDelivery(delivery))));
        owed.notes().stream()
                .filter(StoreChange.PacketDelivered.class::isInstance)
                .forEach(changes::add);
    }
}
