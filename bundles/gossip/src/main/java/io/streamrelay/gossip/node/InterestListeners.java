// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Interest;
import io.streamrelay.api.Received;
import io.streamrelay.api.Registration;
import java.util.function.Consumer;

/** Who listens to whatever matches an interest, without anything being kept for it. Thread-safe. */
final class InterestListeners {

    private final Dispatcher dispatcher;
    private final Listeners<Arrival> listeners = new Listeners<>();

    InterestListeners(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    Registration on(Interest interest, Consumer<? super Received> target) {
        Wanted wanted = Wanted.of(interest);
        return listeners.add(arrival -> {
            if (wanted.wants(arrival)) {
                Received received = arrival.named(nameOf(arrival, wanted));
                dispatcher.message(() -> target.accept(received));
            }
        });
    }

    private static String nameOf(Arrival arrival, Wanted wanted) {
        return arrival.isRaw()
                ? wanted.nameOf(arrival.event())
                : arrival.message().topic();
    }

    void deliver(Arrival arrival) {
        listeners.forEach(listener -> listener.accept(arrival));
    }
}
