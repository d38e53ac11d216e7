// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.store.StoreChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Hands the messages of one subcluster to its listeners and durable consumers. Called by one thread at a time. */
final class Distribution implements Taker.Hand {

    private final String subcluster;
    private final EventListeners listeners;
    private final NodeParts node;
    private final KeyWatch keys;
    private final Traffic traffic;

    Distribution(String subcluster, EventListeners listeners, NodeParts node, KeyWatch keys) {
        this.subcluster = subcluster;
        this.listeners = listeners;
        this.node = node;
        this.keys = keys;
        this.traffic = new Traffic(node.clock());
    }

    /** Its local name. */
    String subcluster() {
        return subcluster;
    }

    /** What has gone through. */
    Traffic traffic() {
        return traffic;
    }

    @Override
    public void take(List<Arrival> arrivals, List<StoreChange> notes) {
        deliver(arrivals, notes, null);
    }

    @Override
    public boolean isFull() {
        return isFull(null);
    }

    /** @param except the consumer that is not asked, or null */
    boolean isFull(ConsumerQueue except) {
        return node.consumers().isFull(subcluster, except);
    }

    /**
     * Hands on messages in their order, and has it noted that they were.
     *
     * @param notes what is to be committed with them
     * @param except the consumer that sent them, or null
     * @return completes when all consumers' copies are kept
     */
    CompletionStage<Void> deliver(List<Arrival> arrivals, List<StoreChange> notes, ConsumerQueue except) {
        if (arrivals.stream().anyMatch(KeyWatch::isAboutKeys)) {
            return deliverBeside(arrivals, notes, except);
        }
        arrivals.forEach(this::tell);
        List<StoreChange> all = new ArrayList<>(notes);
        arrivals.stream()
                .filter(arrival -> !arrival.local())
                .map(Arrival::packetId)
                .distinct()
                .forEach(id -> all.add(new StoreChange.PacketDelivered(id)));
        return node.consumers().keep(subcluster, arrivals, all, except);
    }

    /** Messages about keys are not for applications; one that could not be kept is not noted, and so comes again. */
    private CompletionStage<Void> deliverBeside(List<Arrival> arrivals, List<StoreChange> notes, ConsumerQueue except) {
        List<Arrival> others = new ArrayList<>(arrivals);
        List<Arrival> aboutKeys =
                arrivals.stream().filter(KeyWatch::isAboutKeys).toList();
        others.removeAll(aboutKeys);
        List<StoreChange> all = new ArrayList<>(notes);
        if (keys.see(aboutKeys)) {
            aboutKeys.stream()
                    .filter(arrival -> !arrival.local())
                    .forEach(arrival -> all.add(new StoreChange.PacketDelivered(arrival.packetId())));
        }
        return deliver(others, all, except);
    }

    private void tell(Arrival arrival) {
        listeners.deliver(arrival);
        if (arrival.local()) {
            traffic.sent();
        } else {
            traffic.received();
            node.trails()
                    .received(
                            arrival.packetId(),
                            arrival.isRaw() ? "" : arrival.message().topic());
        }
    }
}
