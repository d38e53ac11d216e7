// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.transport;

import io.streamrelay.api.Endpoint;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The open sockets of one node. Thread-safe. */
@ProviderType
public interface DatagramSockets extends AutoCloseable {

    /** The port that a socket is bound to. */
    int port(SocketRole socket);

    /**
     * Queues a datagram; it leaves at the configured pace.
     *
     * @return false when the queue is full and the datagram was dropped and counted
     */
    boolean send(SocketRole socket, Endpoint to, byte[] datagram);

    /** How many datagrams wait to leave. */
    int queued();

    /** This host's own IPv4 addresses (big-endian ints) through which the sockets can be reached, as of now. */
    List<Integer> localAddresses();

    /** Looks up the IPv4 addresses of a host name; blocks. Empty when it has none. */
    List<Integer> resolve(String host);

    /** Datagrams and bytes in and out, drops by reason, by name. */
    Map<String, Long> counters();

    /** Sends what is queued for at most 500 ms, then closes. */
    @Override
    void close();
}
