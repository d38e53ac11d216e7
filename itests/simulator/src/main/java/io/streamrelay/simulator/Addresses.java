// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketRole;

/** Where nodes live: an address of its own for each number. */
final class Addresses {

    private static final int FIRST_ADDRESS = Endpoint.parseAddress("20.0.0.1");
    private static final int MAIN_PORT = 19777;
    private static final int PROBE_PORT = 19778;

    private Addresses() {}

    static Endpoint endpoint(int node, SocketRole socket) {
        return new Endpoint(FIRST_ADDRESS + node, socket == SocketRole.MAIN ? MAIN_PORT : PROBE_PORT);
    }
}
