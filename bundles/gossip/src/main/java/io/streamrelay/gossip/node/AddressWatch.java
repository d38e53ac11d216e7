// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.gossip.engine.Event;
import java.util.List;

/** Looks whether this host has other addresses than before: a gateway's link comes and goes. Used by one thread. */
final class AddressWatch {

    /** How often to look, in milliseconds. Enumerating interfaces is cheap; a guess. */
    static final long INTERVAL_MS = 5_000;

    private final LiveSockets sockets;
    private final EventQueue queue;
    private List<Integer> known;

    AddressWatch(LiveSockets sockets, EventQueue queue) {
        this.sockets = sockets;
        this.queue = queue;
        this.known = sockets.localAddresses();
    }

    void look() {
        List<Integer> now = sockets.localAddresses();
        if (!now.equals(known)) {
            known = now;
            queue.fact(new Event.AddressesChanged(now));
        }
    }
}
