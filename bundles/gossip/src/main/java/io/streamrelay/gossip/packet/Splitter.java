// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import java.util.ArrayList;
import java.util.List;

/** Puts a message into packets: one when it fits, else a head and fragments (protocol-v6 §1.5). */
public final class Splitter {

    private Splitter() {}

    /**
     * Splits a message.
     *
     * @param header type, clock, hops, ttl and fields that all its packets share; it must not set index, packet id,
     *     previous, next and message, and is used up
     * @param message the sealed message
     * @param ts the wall clock for the head, milliseconds since 1970
     * @return the packets in the order in which they are to be sent, the head first
     */
    public static List<Packet> split(Packet.Builder header, byte[] message, long ts) {
        List<Packet> packets = new ArrayList<>();
        throw new UnsupportedOperationException();
    }
}
