// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** How much of the room for this node's own cluster each sender takes, so that one that talks much evicts itself. */
final class OriginShares {

    /** While room is short one sender gets one part of so many. A guess. */
    private static final int ONE_PART = 4;

    private record Owner(long origin, Share share) {}

    private final Map<Long, Owner> byOrigin = new HashMap<>();
    private final TreeSet<Owner> heaviestFirst = new TreeSet<>(
            Comparator.<Owner>comparingLong(owner -> -owner.share().bytes()).thenComparingLong(Owner::origin));

    void add(CachedPacket packet) {
        Owner owner = byOrigin.computeIfAbsent(packet.origin(), origin -> new Owner(origin, new Share()));
        heaviestFirst.remove(owner);
        owner.share().add(packet);
        heaviestFirst.add(owner);
    }

    void remove(CachedPacket packet) {
        Owner owner = byOrigin.get(packet.origin());
        heaviestFirst.remove(owner);
        owner.share().remove(packet);
        if (owner.share().isEmpty()) {
            byOrigin.remove(owner.origin());
        } else {
            heaviestFirst.add(owner);
        }
    }

    /** The oldest packet of the sender that takes most, if that is more than its part of {@code roomBytes}; or null. */
    CachedPacket overdrawn(long roomBytes) {
        boolean isOver =
                !heaviestFirst.isEmpty() && heaviestFirst.first().share().bytes() > roomBytes / ONE_PART;
        return isOver ? heaviestFirst.first().share().oldest() : null;
    }
}
