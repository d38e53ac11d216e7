// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.store.StoreChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Hands the messages of one subcluster to its listeners and durable consumers. Called by one thread at a time. */
final class Distribution {

    private final String subcluster;
    private final EventListeners listeners;
    private final ConsumerBook consumers;

    Distribution(String subcluster, EventListeners listeners, ConsumerBook consumers) {
        this.subcluster = subcluster;
        this.listeners = listeners;
        this.consumers = consumers;
    }

    /**
     * Hands on messages in their order, and has it noted that they were.
     *
     * @param notes what is to be committed with them
     * @param except the consumer that sent them, or null
     * @return completes when all consumers' copies are kept
     */
    CompletionStage<Void> deliver(List<Arrival> arrivals, List<StoreChange> notes, ConsumerQueue except) {
        arrivals.forEach(listeners::deliver);
        List<StoreChange> all = new ArrayList<>(notes);
        arrivals.stream()
                .filter(arrival -> !arrival.local())
                .map(Arrival::packetId)
                .distinct()
                .forEach(id -> all.add(new StoreChange.PacketDelivered(id)));
        return consumers.keep(subcluster, arrivals, all, except);
    }
}
