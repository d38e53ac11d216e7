// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredQueue;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The deliveries that wait, a queue for each consumer. Not thread-safe. */
final class DeliveryQueues {

    private final NavigableMap<String, NavigableMap<Long, HeldDelivery>> queues = new TreeMap<>();
    private long entries;
    private long bytes;

    /** @param nowMs by a monotonic clock */
    void put(StoredDelivery delivery, long nowMs) {
        HeldDelivery before = queues.computeIfAbsent(delivery.consumer(), name -> new TreeMap<>())
                .putIfAbsent(delivery.number(), new HeldDelivery(delivery, nowMs));
        if (before == null) {
            entries++;
            bytes += delivery.bytes().length;
        }
    }

    void remove(String consumer, long number) {
        NavigableMap<Long, HeldDelivery> queue = queues.get(consumer);
        HeldDelivery removed = queue == null ? null : queue.remove(number);
        if (removed == null) {
            return;
        }
        entries--;
        bytes -= removed.length();
        if (queue.isEmpty()) {
            queues.remove(consumer);
        }
    }

    /** Some of one consumer by rising number, those after one; the caller's own copy. */
    List<StoredDelivery> of(String consumer, long after, int max, long nowMs) {
        NavigableMap<Long, HeldDelivery> queue = queues.get(consumer);
        if (queue == null || max <= 0) {
            return List.of();
        }
        return queue.tailMap(after, false).values().stream()
                .limit(max)
                .map(held -> held.at(nowMs))
                .toList();
    }

    StoredQueue sum(String consumer) {
        NavigableMap<Long, HeldDelivery> queue = queues.get(consumer);
        if (queue == null) {
            return StoredQueue.EMPTY;
        }
        long sum = queue.values().stream().mapToLong(HeldDelivery::length).sum();
        return new StoredQueue(queue.size(), sum, queue.lastKey());
    }

    long entries() {
        return entries;
    }

    long bytes() {
        return bytes;
    }
}
