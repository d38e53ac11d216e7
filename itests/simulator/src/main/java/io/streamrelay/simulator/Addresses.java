// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;

/** Where nodes live: an address of its own for each number. */
final class Addresses {

    private static final int FIRST_ADDRESS = Endpoint.parseAddress("20.0.0.1");
    private static final int MAIN_PORT = 19777;

    private Addresses() {}

    static Endpoint endpoint(int node, SocketId socket) {
        return new Endpoint(FIRST_ADDRESS + node, MAIN_PORT + socket.number());
    }
}
