// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import io.streamrelay.api.transport.PortInUseException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/** Opens one non-blocking IPv4 channel and turns the failure to bind it into words. */
final class ChannelOpener {

    /** Below this, Unix lets only privileged users bind a port. */
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;

    private ChannelOpener() {}

    /**
     * @throws PortInUseException when the port is taken
     * @throws IOException when the channel cannot be opened for another reason; the message names address and port
     */
    static DatagramChannel open(InetAddress address, int port, int bufferBytes) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
            // Without it the system refuses to send to all hosts of a network at once.
            channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
            channel.bind(new InetSocketAddress(address, port));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw explain(address, port, e);
        }
    }

    private static IOException explain(InetAddress address, int port, IOException cause) throws IOException {
        String host = address.getHostAddress();
        // The system's message cannot tell the cases apart: it comes in the user's language.
        if (cause instanceof BindException && port >= FIRST_UNPRIVILEGED_PORT && isLocal(address)) {
            return new PortInUseException(host, port, cause);
        }
        return new IOException("UDP port " + port + " on " + host + " cannot be opened: " + cause.getMessage(), cause);
    }

    private static boolean isLocal(InetAddress address) throws IOException {
        return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
    }
}
