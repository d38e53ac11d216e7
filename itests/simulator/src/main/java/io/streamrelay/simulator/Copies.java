// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Counts on how many disks each packet is, after every commit anywhere: what a node was told is safe must be on one at
 * the least until its life ends. A disk that a scenario empties takes its copies with it.
 */
public final class Copies implements Watcher {

    private final LongSupplier nowMs;
    private final Map<Id, Long> deadlinesMs = new LinkedHashMap<>();
    private final Map<Id, Set<Integer>> holders = new HashMap<>();
    private final boolean strict;
    private long commits;

    private Copies(LongSupplier nowMs, boolean strict) {
        this.nowMs = nowMs;
        this.strict = strict;
    }

    /**
     * Fails when the last copy goes.
     *
     * @param nowMs virtual time
     */
    public static Copies strict(LongSupplier nowMs) {
        return new Copies(nowMs, true);
    }

    /**
     * Goes on then.
     *
     * @param nowMs virtual time
     */
    public static Copies counting(LongSupplier nowMs) {
        return new Copies(nowMs, false);
    }

    @Override
    public void committed(VirtualNode node, List<StoreChange> changes) {
        commits++;
        for (StoreChange change : changes) {
            if (change instanceof StoreChange.PutPacket put) {
                put(node, put.packet());
            } else if (change instanceof StoreChange.RemovePacket remove) {
                remove(node, remove.id());
            } else if (change instanceof StoreChange.EvictPacket evict) {
                remove(node, evict.id());
            }
        }
    }

    private void put(VirtualNode node, StoredPacket packet) {
        holders.computeIfAbsent(packet.id(), id -> new HashSet<>()).add(node.number());
        if (packet.own()) {
            deadlinesMs.putIfAbsent(packet.id(), nowMs.getAsLong() + packet.lifetimeMs() - packet.ageMs());
        }
    }

    private void remove(VirtualNode node, Id id) {
        Set<Integer> disks = holders.getOrDefault(id, Set.of());
        disks.remove(node.number());
        if (strict && disks.isEmpty() && nowMs.getAsLong() < deadlinesMs.getOrDefault(id, 0L)) {
            throw new Violation(node + " let go of the last copy of packet " + id.shortHex() + ", "
                    + (deadlinesMs.get(id) - nowMs.getAsLong()) + " ms before its life ends");
        }
    }

    @Override
    public void wiped(VirtualNode node) {
        holders.values().forEach(disks -> disks.remove(node.number()));
    }

    /** On how many disks a packet is. */
    public int of(Id packet) {
        return holders.getOrDefault(packet, Set.of()).size();
    }

    /** How many commits were looked at. */
    public long commits() {
        return commits;
    }

    /** The packets that were made, in that order. */
    public Set<Id> made() {
        return deadlinesMs.keySet();
    }
}
