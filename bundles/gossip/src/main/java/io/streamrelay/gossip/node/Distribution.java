// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;

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
     * Hands on messages in their order.
     *
     * @param except the consumer that sent them, or null
     * @return completes when all consumers' copies are kept
     */
    CompletableFuture<Void> deliver(List<Arrival> arrivals, ConsumerQueue except) {
        arrivals.forEach(listeners::deliver);
        CompletableFuture<?>[] kept = consumers.queues(subcluster).stream()
                .filter(queue -> queue != except)
                .map(queue -> queue.offer(arrivals).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(kept);
    }
}
