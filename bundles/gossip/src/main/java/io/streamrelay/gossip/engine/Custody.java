// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import java.util.List;

/**
 * Finds out which own packets somebody else holds. That a datagram has left proves nothing; that a peer's summary
 * equals ours does. Until then a packet is never let go, and counts as backlog.
 */
final class Custody {

    private final Turn turn;
    private final PacketCache cache;

    Custody(Turn turn, PacketCache cache) {
        this.turn = turn;
        this.cache = cache;
    }

    /** A peer holds exactly the packets that this node holds under a prefix of hex digits. */
    void sharedUnder(String prefix) {
        List<CachedPacket> shared = cache.waiting().stream()
                .filter(packet -> startsWith(packet.id(), prefix))
                .toList();
        shared.forEach(packet -> turn.gone(cache.passedOn(packet)));
    }

    private static boolean startsWith(Id id, String prefix) {
        for (int i = 0; i < prefix.length(); i++) {
            if (id.nibble(i) != Character.digit(prefix.charAt(i), 16)) {
                return false;
            }
        }
        return true;
    }
}
