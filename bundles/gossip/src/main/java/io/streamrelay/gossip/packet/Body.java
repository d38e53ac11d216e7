// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

/** What a packet's message says, read as its type asks for. */
public sealed interface Body permits Ping, Pong, Intro, Join, Head, Summary, Inventory, QueryBody, Opaque, Malformed {

    /**
     * Reads the body of any packet: a {@link Ping}, {@link Pong}, {@link Intro} or {@link Join}; a {@link Summary} or
     * {@link Inventory} for a sync; a {@link Head} for a publish or stream with index 0, else {@link Opaque}; a {@link QueryBody} for a
     * query. Whatever does not hold what its type asks for is {@link Malformed}.
     */
    static Body of(Packet packet) {
        return BodyReader.read(packet);
    }
}
