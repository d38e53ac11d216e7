// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import java.util.List;
import java.util.function.Consumer;

/**
 * Who is given the messages of a subcluster id: the one that was opened last under it. What is held back for order's
 * sake while a subcluster gets another name goes to the new name. Thread-safe.
 */
final class Taker implements Consumer<List<Arrival>> {

    private volatile Consumer<List<Arrival>> latest = arrivals -> {};

    void become(Consumer<List<Arrival>> next) {
        latest = next;
    }

    @Override
    public void accept(List<Arrival> arrivals) {
        latest.accept(arrivals);
    }
}
