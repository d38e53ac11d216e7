// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.transport;

/**
 * How to open a node's sockets.
 *
 * @param address the local IPv4 address to bind to; {@code 0.0.0.0} for all
 * @param port the main UDP port, 0 = any
 * @param probePort the probe's UDP port, 0 = any
 * @param bufferBytes wanted size of each socket's receive and send buffer; the kernel may give less
 * @param packetsPerSecond the pace at which datagrams leave, 1 to 1,000,000
 * @param queuePackets how many datagrams may wait to leave
 */
public record TransportOptions(
        String address, int port, int probePort, int bufferBytes, int packetsPerSecond, int queuePackets) {

    /** 4 MB: what Linux grants by default at most where it has been raised; a burst of 3,000 packets. A guess. */
    public static final int DEFAULT_BUFFER_BYTES = 4 << 20;

    /** A guess, to be measured: about 300 Mbit/s of full packets. */
    public static final int DEFAULT_PACKETS_PER_SECOND = 25_000;

    /** A guess: one buffer's worth of full packets. */
    public static final int DEFAULT_QUEUE_PACKETS = 4_096;

    /** All defaults but the two ports, on all addresses. */
    public static TransportOptions ports(int port, int probePort) {
        return new TransportOptions(
                "0.0.0.0", port, probePort, DEFAULT_BUFFER_BYTES, DEFAULT_PACKETS_PER_SECOND, DEFAULT_QUEUE_PACKETS);
    }
}
