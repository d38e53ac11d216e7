// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredDelivery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The durable consumers of a node, those included that have not come back yet. Thread-safe. */
final class ConsumerBook {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerBook.class);

    private static final char SEPARATOR = '/';

    private final ConsumerParts parts;
    private final long roomBytes;
    private final PacketStore store;
    private final OwedCommits owed;
    private final Map<String, ConsumerQueue> queues = new ConcurrentSkipListMap<>();
    // Numbers reach the store in their order, also while two subclusters of a name take turns. Not a queue's own lock:
    // who holds this one may wait for the store, whose thread wants those.
    private final Object numbering = new Object();

    ConsumerBook(ConsumerParts parts) {
        this(parts, OutboxRoom.BYTES_MAX);
    }

    /** @param roomBytes how many bytes wait for one consumer before no more is taken out of the mesh */
    ConsumerBook(ConsumerParts parts, long roomBytes) {
        this.parts = parts;
        this.roomBytes = roomBytes;
        this.store = parts.store();
        this.owed = new OwedCommits(parts);
        store.consumers().forEach(name -> queues.put(name, newQueue(name)));
    }

    /** The queue of a consumer, which exists from here on for ever. */
    ConsumerQueue queue(String subcluster, String consumer) {
        return queues.computeIfAbsent(prefix(subcluster) + consumer, name -> {
            store.commit(List.of(new StoreChange.PutConsumer(name)));
            return newQueue(name);
        });
    }

    private ConsumerQueue newQueue(String name) {
        return new ConsumerQueue(name, parts, roomBytes, Heap.sixteenth());
    }

    /**
     * Keeps messages for all who want them, in one commit with what belongs to them.
     *
     * @param notes what else is to be committed
     * @param except the consumer that is not to get them, or null
     * @return completes when they are kept, or could not be; it does not fail
     */
    CompletionStage<Void> keep(
            String subcluster, List<Arrival> arrivals, List<StoreChange> notes, ConsumerQueue except) {
        Map<ConsumerQueue, List<StoredDelivery>> kept = new LinkedHashMap<>();
        List<StoreChange> changes = new ArrayList<>();
        CompletionStage<Void> commit;
        synchronized (numbering) {
            for (ConsumerQueue queue : queues(subcluster)) {
                if (queue != except) {
                    List<StoredDelivery> deliveries = queue.prepare(arrivals);
                    kept.put(queue, deliveries);
                    deliveries.forEach(delivery -> changes.add(new StoreChange.PutDelivery(delivery)));
                }
            }
            changes.addAll(notes);
            if (changes.isEmpty()) {
                return CompletableFuture.completedStage(null);
            }
            commit = store.commit(changes);
        }
        return commit.handle((nothing, failure) -> {
            kept.forEach((queue, deliveries) -> queue.committed(deliveries, failure == null));
            if (failure != null) {
                LOG.debug("messages for {} could not be kept yet", subcluster, failure);
                owed.add(kept, notes);
            }
            return null;
        });
    }

    /**
     * Whether messages for a subcluster are to stay where they are, since one of its consumers, or the disk, does not take
     * them for now.
     *
     * @param except the consumer that is not asked, or null
     */
    boolean isFull(String subcluster, ConsumerQueue except) {
        if (owed.isFull()) {
            return true;
        }
        String prefix = prefix(subcluster);
        for (Map.Entry<String, ConsumerQueue> each : queues.entrySet()) {
            if (each.getValue() != except
                    && each.getKey().startsWith(prefix)
                    && each.getValue().isFull()) {
                return true;
            }
        }
        return false;
    }

    /** The queues of all consumers of a subcluster, in the order of their names. */
    private List<ConsumerQueue> queues(String subcluster) {
        String prefix = prefix(subcluster);
        return queues.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** No subcluster's prefix is the beginning of another's. */
    private static String prefix(String subcluster) {
        return subcluster.replace("%", "%25").replace("/", "%2F") + SEPARATOR;
    }
}
