// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/** Writes to the channels of a node. Used by one thread. */
final class ChannelWriter implements DatagramWriter {

    private final SocketSet sockets;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(UdpSockets.MAX_DATAGRAM_BYTES);

    ChannelWriter(SocketSet sockets) {
        this.sockets = sockets;
    }

    @Override
    public boolean write(Outgoing datagram) throws IOException {
        buffer.clear().put(datagram.bytes()).flip();
        InetSocketAddress to = new InetSocketAddress(
                Ipv4.inetAddress(datagram.to().address()), datagram.to().port());
        DatagramChannel channel = sockets.channel(datagram.socket());
        if (channel == null) {
            throw new ClosedChannelException();
        }
        return channel.send(buffer, to) > 0;
    }
}
