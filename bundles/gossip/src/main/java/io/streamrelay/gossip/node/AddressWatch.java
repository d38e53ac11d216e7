// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.gossip.engine.Event;
import java.util.List;

/** Looks every few seconds whether this host has other addresses: a gateway's link comes and goes. */
final class AddressWatch {

    /** Enumerating interfaces is cheap, and the engine repairs what these seconds cost; a guess. */
    private static final long INTERVAL_MS = 5_000;

    private final LiveSockets sockets;
    private final EventQueue queue;
    private final Workers workers;
    private List<Integer> known;

    AddressWatch(LiveSockets sockets, EventQueue queue, Workers workers) {
        this.sockets = sockets;
        this.queue = queue;
        this.workers = workers;
        this.known = sockets.localAddresses();
    }

    /** Goes on until the workers end. */
    void start() {
        workers.after(INTERVAL_MS, this::look);
    }

    private void look() {
        List<Integer> now = sockets.localAddresses();
        if (!now.equals(known)) {
            known = now;
            queue.fact(new Event.AddressesChanged(now));
        }
        start();
    }
}
