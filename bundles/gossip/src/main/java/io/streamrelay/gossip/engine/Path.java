// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;

/**
 * A way to a peer: one of our sockets and the other's address. Behind most NATs an address answers only to the socket
 * that reached it (protocol-v6 D16).
 */
record Path(SocketId socket, Endpoint remote) {

    /** From the main socket. */
    static Path main(Endpoint remote) {
        return new Path(SocketId.MAIN, remote);
    }
}
