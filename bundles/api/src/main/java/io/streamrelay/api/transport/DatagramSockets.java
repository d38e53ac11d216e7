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

    /**
     * Opens a pooled socket on a port that the system chooses; does nothing when it is open.
     *
     * @return false when the system has no more to give; it is counted
     * @throws IllegalArgumentException when the socket is not a pooled one
     */
    boolean openPooled(SocketId socket);

    /**
     * Closes a pooled socket; what it has queued may be lost. Does nothing when it is not open.
     *
     * @throws IllegalArgumentException when the socket is not a pooled one
     */
    void closePooled(SocketId socket);

    /**
     * The port that a socket is bound to.
     *
     * @throws IllegalArgumentException when it is not open
     */
    int port(SocketId socket);

    /**
     * Queues a datagram; it leaves at the configured pace.
     *
     * @return false when the queue is full or the socket is not open, and the datagram was dropped and counted
     */
    boolean send(SocketId socket, Endpoint to, byte[] datagram);

    /** How many datagrams wait to leave. */
    int queued();

    /** This host's own IPv4 addresses (big-endian ints) through which the sockets can be reached, as of now. */
    List<Integer> localAddresses();

    /** The networks that a broadcast from these sockets reaches, as of now: neither loopback nor point-to-point. */
    List<Subnet> subnets();

    /** Looks up the IPv4 addresses of a host name; blocks. Empty when it has none. */
    List<Integer> resolve(String host);

    /** Datagrams and bytes in and out, drops by reason, by name. */
    Map<String, Long> counters();

    /** Sends what is queued for at most 500 ms, then closes. */
    @Override
    void close();
}
