// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.transport.SocketId;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/** The pooled sockets that are open. */
final class SocketPool {

    private final Turn turn;
    private final Set<SocketId> open = new LinkedHashSet<>();

    SocketPool(Turn turn) {
        this.turn = turn;
    }

    /** Opens a socket unless it is open. */
    void open(SocketId socket) {
        if (open.add(socket)) {
            turn.act(new Action.OpenSocket(socket));
        }
    }

    /** Closes all sockets but those that are needed. */
    void closeUnless(Predicate<SocketId> needed) {
        open.removeIf(socket -> {
            boolean closes = !needed.test(socket);
            if (closes) {
                turn.act(new Action.CloseSocket(socket));
            }
            return closes;
        });
    }

    int size() {
        return open.size();
    }
}
