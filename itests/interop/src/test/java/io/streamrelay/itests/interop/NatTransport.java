// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import io.streamrelay.api.NatType;
import io.streamrelay.api.transport.DatagramReceiver;
import io.streamrelay.api.transport.DatagramSockets;
import io.streamrelay.api.transport.DatagramTransport;
import io.streamrelay.api.transport.TransportOptions;
import java.io.IOException;

/**
 * Sockets that seem to lie behind a NAT: what they send comes from another address of this host, and they hear what
 * that kind of NAT lets in.
 *
 * @param type what a node behind it should find out
 * @param outside the NAT's address, one of 127/8
 */
record NatTransport(NatType type, String outside) implements DatagramTransport {

    @Override
    public DatagramSockets open(TransportOptions options, DatagramReceiver receiver) throws IOException {
        return new NatSockets(this, receiver);
    }

    /** Whether each destination gets a mapping of its own. */
    boolean mapsByDestination() {
        return type == NatType.ENDPOINT_RESTRICTED;
    }
}
