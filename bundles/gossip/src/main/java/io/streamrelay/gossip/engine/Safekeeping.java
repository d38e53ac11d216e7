// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Has others' packets committed, and only then lets the summary tell of them: whoever sees there that this node holds
 * a packet may let it go. They are passed on at once, and go on being so while nothing can be committed.
 */
final class Safekeeping {

    private final Turn turn;
    private final PacketCache cache;
    private final Map<Long, List<Id>> underWay = new HashMap<>();
    private List<CachedPacket> arrived = new ArrayList<>();
    private long lastToken;

    Safekeeping(Turn turn, PacketCache cache) {
        this.turn = turn;
        this.cache = cache;
    }

    /** A packet that is held is to be committed. */
    void keep(CachedPacket packet) {
        arrived.add(packet);
    }

    /** Hands to the store what came since the last time. */
    void commit() {
        if (arrived.isEmpty()) {
            return;
        }
        List<Id> ids = new ArrayList<>(arrived.size());
        List<StoreChange> changes = new ArrayList<>(arrived.size());
        for (CachedPacket packet : arrived) {
            ids.add(packet.id());
            changes.add(new StoreChange.PutPacket(StoredPacket.fresh(
                    packet.id(), packet.packet().bytes(), false, packet.ageMs(turn.nowMs()), packet.lifetimeMs())));
        }
        arrived = new ArrayList<>();
        // The driver's own tokens are positive.
        underWay.put(--lastToken, ids);
        turn.act(new Action.Persist(lastToken, changes));
    }

    /** Whether it is being committed: it is held, and may yet be lost. */
    boolean isUnderWay(Id packet) {
        return underWay.values().stream().anyMatch(ids -> ids.contains(packet));
    }

    void committed(long token) {
        List<Id> ids = underWay.remove(token);
        if (ids != null) {
            ids.forEach(cache::durable);
        }
    }

    void commitFailed(long token) {
        List<Id> ids = underWay.remove(token);
        if (ids != null) {
            turn.count("not-kept", ids.size());
        }
    }
}
