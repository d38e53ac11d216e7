// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Writes to the two channels of a node. Used by one thread. */
final class ChannelWriter implements DatagramWriter {

    private final SocketPair sockets;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(UdpSockets.MAX_DATAGRAM_BYTES);

    ChannelWriter(SocketPair sockets) {
        this.sockets = sockets;
    }

    @Override
    public boolean write(Outgoing datagram) throws IOException {
        buffer.clear().put(datagram.bytes()).flip();
        InetSocketAddress to = new InetSocketAddress(
                Ipv4.inetAddress(datagram.to().address()), datagram.to().port());
        return sockets.channel(datagram.socket()).send(buffer, to) > 0;
    }
}
