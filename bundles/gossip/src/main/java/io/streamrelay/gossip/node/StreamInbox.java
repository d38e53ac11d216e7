// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.Received;
import io.streamrelay.api.Registration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What peers stream to this node alone, by peer and event. A peer may greet before this side has heard that it joined:
 * what nobody listens to yet is kept for a moment for the first listener. Thread-safe.
 */
final class StreamInbox {

    /** How long an early message waits, in milliseconds: two heartbeats' worth of news of a member; a guess. */
    static final long EARLY_MS = 30_000;

    /** How many early messages wait; a guess. */
    static final int EARLY_MAX = 64;

    private record Source(Id peer, Id event) {}

    private record Early(Source source, Arrival arrival, long arrivedMs) {}

    private record Named(String name, Listeners<Received> listeners) {}

    private final Dispatcher dispatcher;
    private final NodeClock clock;
    private final Map<Source, Named> named = new HashMap<>();
    private final Deque<Early> early = new ArrayDeque<>();

    StreamInbox(Dispatcher dispatcher, NodeClock clock) {
        this.dispatcher = dispatcher;
        this.clock = clock;
    }

    synchronized Registration on(Id peer, String event, Consumer<? super Received> listener) {
        Source source = new Source(peer, EventIds.of(event));
        Named target = named.computeIfAbsent(source, key -> new Named(event, new Listeners<>()));
        Registration registration = target.listeners().add(listener);
        forgetOld();
        for (Iterator<Early> all = early.iterator(); all.hasNext(); ) {
            Early waiting = all.next();
            if (waiting.source().equals(source)) {
                all.remove();
                tell(target, waiting.arrival());
            }
        }
        return () -> end(source, target, registration);
    }

    private synchronized void end(Source source, Named target, Registration registration) {
        registration.close();
        if (target.listeners().isEmpty()) {
            named.remove(source, target);
        }
    }

    /** False when an older early message had to go. */
    synchronized boolean deliver(Arrival arrival) {
        Source source = new Source(arrival.streamedBy(), arrival.event());
        Named target = named.get(source);
        if (target != null) {
            tell(target, arrival);
            return true;
        }
        forgetOld();
        early.add(new Early(source, arrival, clock.now().monotonicMs()));
        return early.size() <= EARLY_MAX || early.poll() == null;
    }

    private void forgetOld() {
        long oldestMs = clock.now().monotonicMs() - EARLY_MS;
        while (!early.isEmpty() && early.peek().arrivedMs() < oldestMs) {
            early.poll();
        }
    }

    private void tell(Named target, Arrival arrival) {
        Received received = arrival.named(target.name());
        target.listeners().forEach(listener -> dispatcher.message(() -> listener.accept(received)));
    }
}
