// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What has happened while nothing could be written, and has to be written later: who asked for it has gone on. Bounded;
 * what is too much is forgotten, oldest first: after a restart a packet is offered, or a message delivered, once more.
 * Used by one thread, but for the size.
 */
final class OwedChanges {

    private final int capacity;
    private final Set<StoreChange> changes = new LinkedHashSet<>();
    private volatile int size;

    OwedChanges(int capacity) {
        this.capacity = capacity;
    }

    /** Takes from a commit that failed what holds all the same. */
    void add(List<StoreChange> commit) {
        boolean puts = commit.stream().anyMatch(OwedChanges::isGround);
        for (StoreChange change : commit) {
            if (isFact(change) || isClearing(change) && !puts) {
                addOne(change);
            }
        }
        size = changes.size();
    }

    private void addOne(StoreChange change) {
        if (changes.add(change) && changes.size() > capacity) {
            changes.remove(changes.iterator().next());
        }
    }

    /** What others have done holds whatever becomes of the rest of its commit. */
    private static boolean isFact(StoreChange change) {
        return change instanceof StoreChange.PacketPassedOn || change instanceof StoreChange.RemoveDelivery;
    }

    /** What makes room. */
    private static boolean isClearing(StoreChange change) {
        return change instanceof StoreChange.RemovePacket
                || change instanceof StoreChange.EvictPacket
                || change instanceof StoreChange.PacketDelivered
                || change instanceof StoreChange.RemoveNote;
    }

    /** What may take the place of what the same commit clears away: a packet's message waits for a consumer now. */
    private static boolean isGround(StoreChange change) {
        return change instanceof StoreChange.PutDelivery || change instanceof StoreChange.PutNote;
    }

    /** The oldest, so many at the most. */
    List<StoreChange> first(int max) {
        return changes.stream().limit(max).toList();
    }

    /** These are written. */
    void remove(List<StoreChange> written) {
        written.forEach(changes::remove);
        size = changes.size();
    }

    int size() {
        return size;
    }
}
