// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Drop;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Registration;
import java.util.Optional;
import java.util.function.Consumer;

/** What was received and not used: counted, and told to whoever wants to know. Thread-safe. */
final class Drops {

    private final Counters counters;
    private final Dispatcher dispatcher;
    private final Listeners<Drop> listeners = new Listeners<>();

    Drops(Counters counters, Dispatcher dispatcher) {
        this.counters = counters;
        this.dispatcher = dispatcher;
    }

    Registration on(Consumer<? super Drop> listener) {
        return listeners.add(listener);
    }

    /** @param from null when it did not come from the network */
    void drop(String reason, Endpoint from) {
        counters.increment("drop." + reason);
        if (!listeners.isEmpty()) {
            Drop drop = new Drop(reason, Optional.ofNullable(from));
            listeners.forEach(listener -> dispatcher.optional(() -> listener.accept(drop)));
        }
    }
}
