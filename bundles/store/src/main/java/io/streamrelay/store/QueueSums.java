// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoredQueue;
import java.util.HashMap;
import java.util.Map;

/** What waits for each consumer, in sum. Changed by the writer; others see what is committed. */
final class QueueSums {

    private final Map<String, StoredQueue> sums = new HashMap<>();
    private final Undo undo;
    private volatile Map<String, StoredQueue> committed = Map.of();
    private boolean changed;

    QueueSums(Undo undo) {
        this.undo = undo;
    }

    StoredQueue of(String consumer) {
        return sums.getOrDefault(consumer, StoredQueue.EMPTY);
    }

    void added(String consumer, long number, long bytes) {
        StoredQueue before = of(consumer);
        set(
                consumer,
                new StoredQueue(
                        before.deliveries() + 1, before.bytes() + bytes, Math.max(before.lastNumber(), number)));
    }

    /** @param lastNumber the highest number that is left, 0 for none */
    void removed(String consumer, long bytes, long lastNumber) {
        StoredQueue before = of(consumer);
        set(consumer, new StoredQueue(before.deliveries() - 1, before.bytes() - bytes, lastNumber));
    }

    private void set(String consumer, StoredQueue sum) {
        StoredQueue before = of(consumer);
        undo.add(() -> sums.put(consumer, before));
        sums.put(consumer, sum);
        changed = true;
    }

    /** Lets others see what is committed. */
    void publish() {
        if (changed) {
            committed = Map.copyOf(sums);
            changed = false;
        }
    }

    StoredQueue committed(String consumer) {
        return committed.getOrDefault(consumer, StoredQueue.EMPTY);
    }

    /** All consumers together, as committed; the last number says nothing. */
    StoredQueue total() {
        long deliveries = 0;
        long bytes = 0;
        for (StoredQueue queue : committed.values()) {
            deliveries += queue.deliveries();
            bytes += queue.bytes();
        }
        return new StoredQueue(deliveries, bytes, 0);
    }
}
