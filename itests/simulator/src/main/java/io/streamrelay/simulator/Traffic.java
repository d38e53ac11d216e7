// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.PacketType;

/** Counts what all nodes send: datagrams and their bytes, without the 28 bytes of IP and UDP headers. */
public final class Traffic implements Watcher {

    private static final int TYPE_OFFSET = 4;

    private final long[] datagramsByType = new long[256];
    private long datagrams;
    private long bytes;

    @Override
    public void sent(VirtualNode node, SocketId socket, Endpoint to, byte[] sent) {
        datagrams++;
        bytes += sent.length;
        if (sent.length > TYPE_OFFSET) {
            datagramsByType[sent[TYPE_OFFSET] & 0xff]++;
        }
    }

    /** Datagrams so far. */
    public long datagrams() {
        return datagrams;
    }

    /** Datagrams of one type so far. */
    public long datagrams(PacketType type) {
        return datagramsByType[type.wire()];
    }

    /** Bytes so far. */
    public long bytes() {
        return bytes;
    }
}
