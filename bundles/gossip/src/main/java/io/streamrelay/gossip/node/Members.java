// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.Registration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The connected members of one subcluster, and who wants to know of them. Thread-safe. */
final class Members {

    private final Dispatcher dispatcher;
    private final Set<Id> present = new TreeSet<>();
    private final Listeners<Id> joins = new Listeners<>();
    private final Listeners<Id> leaves = new Listeners<>();

    Members(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    synchronized void up(Id peer) {
        if (present.add(peer)) {
            joins.forEach(listener -> tell(listener, peer));
        }
    }

    synchronized void down(Id peer) {
        if (present.remove(peer)) {
            leaves.forEach(listener -> tell(listener, peer));
        }
    }

    synchronized Registration onJoin(Consumer<? super Id> listener) {
        present.forEach(peer -> tell(listener, peer));
        return joins.add(listener);
    }

    Registration onLeave(Consumer<? super Id> listener) {
        return leaves.add(listener);
    }

    synchronized Set<Id> present() {
        return Set.copyOf(present);
    }

    private void tell(Consumer<? super Id> listener, Id peer) {
        dispatcher.event(() -> listener.accept(peer));
    }
}
