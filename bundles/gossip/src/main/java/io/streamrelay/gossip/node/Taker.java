// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.store.StoreChange;
import java.util.List;

/**
 * Who is given the messages of a subcluster id: the one that was opened last under it. What is held back for order's
 * sake while a subcluster gets another name goes to the new name. Thread-safe.
 */
final class Taker {

    /** Takes messages in their order, and what is to be committed with them. */
    interface Hand {
        void take(List<Arrival> arrivals, List<StoreChange> notes);

        /** Whether messages are to stay in the mesh for now. */
        default boolean isFull() {
            return false;
        }
    }

    private volatile Hand latest = (arrivals, notes) -> {};

    void become(Hand next) {
        latest = next;
    }

    /** Whether messages are to stay in the mesh for now. */
    boolean isFull() {
        return latest.isFull();
    }

    void accept(List<Arrival> arrivals, List<StoreChange> notes) {
        latest.take(arrivals, notes);
    }
}
