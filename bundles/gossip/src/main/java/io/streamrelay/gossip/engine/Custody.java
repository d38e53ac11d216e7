// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoreChange;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds out which own packets somebody else holds. That a datagram has left proves nothing; that a peer's summary
 * equals ours does, or that it says by name that it has had it. Until then a packet is never let go, and counts as backlog.
 */
final class Custody {

    private final Turn turn;
    private final PacketCache cache;

    Custody(Turn turn, PacketCache cache) {
        this.turn = turn;
        this.cache = cache;
    }

    /** A peer holds exactly the packets that this node holds under a prefix of hex digits. */
    void sharedUnder(String prefix, Peer peer) {
        List<CachedPacket> shared = cache.waiting().stream()
                .filter(packet -> startsWith(packet.id(), prefix))
                .toList();
        shared.forEach(packet -> shared(packet, peer));
    }

    /** A peer holds a packet that this node holds. */
    void shared(CachedPacket packet, Peer peer) {
        if (packet.own() && !packet.passedOn()) {
            turn.persist(new StoreChange.PacketPassedOn(packet.id()));
            cache.passedOn(packet);
            turn.observe(new Observation.Held(packet.messageId(), peer.id()));
        }
    }

    /** What would be lost with this node, by subcluster, as of {@code nowMs} (monotonic). */
    List<BacklogInfo> backlog(long nowMs) {
        Map<Id, BacklogInfo> bySubcluster = new TreeMap<>();
        for (CachedPacket packet : cache.waiting()) {
            boolean begins = !packet.isFragmented() || packet.packet().index() == 0;
            bySubcluster.merge(
                    packet.subcluster(),
                    new BacklogInfo(
                            packet.subcluster(),
                            begins ? packet.messages() : 0,
                            packet.packet().size(),
                            packet.ageMs(nowMs)),
                    Custody::sum);
        }
        return List.copyOf(bySubcluster.values());
    }

    private static BacklogInfo sum(BacklogInfo a, BacklogInfo b) {
        return new BacklogInfo(
                a.subcluster(),
                a.messages() + b.messages(),
                a.bytes() + b.bytes(),
                Math.max(a.oldestMs(), b.oldestMs()));
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
