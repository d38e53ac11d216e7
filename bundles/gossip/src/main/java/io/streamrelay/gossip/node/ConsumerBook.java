// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The durable consumers of a node, those included that have not come back yet. Thread-safe. */
final class ConsumerBook {

    private static final char SEPARATOR = '/';

    private final PacketStore store;
    private final Dispatcher dispatcher;
    private final Drops drops;
    private final Redelivery.Timer timer;
    private final Map<String, ConsumerQueue> queues = new ConcurrentSkipListMap<>();

    ConsumerBook(PacketStore store, Dispatcher dispatcher, Drops drops, Redelivery.Timer timer) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.drops = drops;
        this.timer = timer;
        store.consumers().forEach(name -> queues.put(name, newQueue(name)));
    }

    /** The queue of a consumer, which exists from here on for ever. */
    ConsumerQueue queue(String subcluster, String consumer) {
        return queues.computeIfAbsent(prefix(subcluster) + consumer, name -> {
            store.commit(List.of(new StoreChange.PutConsumer(name)));
            return newQueue(name);
        });
    }

    /** The queues of all consumers of a subcluster, in the order of their names. */
    List<ConsumerQueue> queues(String subcluster) {
        String prefix = prefix(subcluster);
        return queues.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .toList();
    }

    private ConsumerQueue newQueue(String name) {
        return new ConsumerQueue(name, store, dispatcher, drops, timer);
    }

    /** No subcluster's prefix is the beginning of another's. */
    private static String prefix(String subcluster) {
        return subcluster.replace("%", "%25").replace("/", "%2F") + SEPARATOR;
    }
}
