// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import java.util.LinkedHashMap;
import java.util.Map;

/** The packets that take room together, in the order in which they came. */
final class Share {

    private final Map<Id, CachedPacket> packets = new LinkedHashMap<>();
    private long bytes;

    void add(CachedPacket packet) {
        packets.put(packet.id(), packet);
        bytes += packet.sizeBytes();
    }

    void remove(CachedPacket packet) {
        packets.remove(packet.id());
        bytes -= packet.sizeBytes();
    }

    CachedPacket oldest() {
        return packets.values().iterator().next();
    }

    /** How many packets. */
    int packets() {
        return packets.size();
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    long bytes() {
        return bytes;
    }
}
