// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.NodeInfo;
import io.streamrelay.api.Registration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells each listener once that a first peer is connected. Thread-safe. */
final class ReadyListeners {

    private final Dispatcher dispatcher;
    private final Supplier<NodeInfo> info;
    private final Listeners<NodeInfo> listeners = new Listeners<>();
    private boolean ready;

    ReadyListeners(Dispatcher dispatcher, Supplier<NodeInfo> info) {
        this.dispatcher = dispatcher;
        this.info = info;
    }

    synchronized Registration on(Consumer<? super NodeInfo> listener) {
        AtomicBoolean open = new AtomicBoolean(true);
        Consumer<NodeInfo> once = node -> {
            if (open.getAndSet(false)) {
                listener.accept(node);
            }
        };
        if (ready) {
            tell(once);
        }
        Registration registration = listeners.add(once);
        return () -> {
            open.set(false);
            registration.close();
        };
    }

    synchronized void ready() {
        if (!ready) {
            ready = true;
            listeners.forEach(this::tell);
        }
    }

    private void tell(Consumer<? super NodeInfo> listener) {
        dispatcher.event(() -> listener.accept(info.get()));
    }
}
