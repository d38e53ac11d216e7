// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.Interest;
import io.streamrelay.api.Received;
import io.streamrelay.api.Registration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The listeners of one subcluster by event name, which is the topic of an enveloped message. Thread-safe. */
final class EventListeners {

    private record Named(String name, Listeners<Received> listeners) {}

    private final Dispatcher dispatcher;
    private final Map<String, Named> byName = new ConcurrentHashMap<>();
    private final Map<Id, Named> byEvent = new ConcurrentHashMap<>();

    private final InterestListeners interested;

    EventListeners(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        this.interested = new InterestListeners(dispatcher);
    }

    Registration on(Interest interest, Consumer<? super Received> listener) {
        return interested.on(interest, listener);
    }

    Registration on(String name, Consumer<? super Received> listener) {
        // Names stay: there are as many as an application's source has.
        Named named = byName.computeIfAbsent(name, key -> new Named(key, new Listeners<>()));
        byEvent.putIfAbsent(EventIds.of(name), named);
        return named.listeners().add(listener);
    }

    void deliver(Arrival arrival) {
        interested.deliver(arrival);
        Named named = arrival.isRaw()
                ? byEvent.get(arrival.event())
                : byName.get(arrival.message().topic());
        if (named != null && !named.listeners().isEmpty()) {
            Received received = arrival.named(named.name());
            named.listeners().forEach(listener -> dispatcher.message(() -> listener.accept(received)));
        }
    }
}
