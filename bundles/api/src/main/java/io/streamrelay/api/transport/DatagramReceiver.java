// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.transport;

import io.streamrelay.api.Endpoint;

/** Takes received datagrams, on the transport's thread. It must not block. */
@FunctionalInterface
public interface DatagramReceiver {

    /** @param datagram the receiver's own copy */
    void received(SocketId socket, Endpoint from, byte[] datagram);
}
