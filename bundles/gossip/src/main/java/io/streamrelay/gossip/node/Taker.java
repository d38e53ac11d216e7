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
    }

    private volatile Hand latest = (arrivals, notes) -> {};

    void become(Hand next) {
        latest = next;
    }

    void accept(List<Arrival> arrivals, List<StoreChange> notes) {
        latest.take(arrivals, notes);
    }
}
