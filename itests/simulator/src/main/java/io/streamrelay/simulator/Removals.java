// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoreChange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Which packets left which disk, and when. */
public final class Removals implements Watcher {

    /**
     * One of them.
     *
     * @param node whose disk
     * @param packet its id
     * @param atMs virtual time
     */
    public record Removal(int node, Id packet, long atMs) {}

    private final LongSupplier nowMs;
    private final List<Removal> removals = new ArrayList<>();

    /** @param nowMs virtual time */
    public Removals(LongSupplier nowMs) {
        this.nowMs = nowMs;
    }

    @Override
    public void committed(VirtualNode node, List<StoreChange> changes) {
        for (StoreChange change : changes) {
            if (change instanceof StoreChange.RemovePacket remove) {
                removals.add(new Removal(node.number(), remove.id(), nowMs.getAsLong()));
            } else if (change instanceof StoreChange.EvictPacket evict) {
                removals.add(new Removal(node.number(), evict.id(), nowMs.getAsLong()));
            }
        }
    }

    /** All so far, in their order. */
    public List<Removal> all() {
        return List.copyOf(removals);
    }
}
