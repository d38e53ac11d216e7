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
    /** The same ids, and in how many commits each is. */
    private final Map<Id, Integer> ids = new HashMap<>();

    private final List<CachedPacket> arrived = new ArrayList<>();
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
        List<Id> together = new ArrayList<>(arrived.size());
        List<StoreChange> changes = new ArrayList<>(arrived.size());
        for (CachedPacket packet : arrived) {
            together.add(packet.id());
            ids.merge(packet.id(), 1, Integer::sum);
            changes.add(new StoreChange.PutPacket(StoredPacket.fresh(
                    packet.id(), packet.packet().bytes(), false, packet.ageMs(turn.nowMs()), packet.lifetimeMs())));
        }
        arrived.clear();
        // The driver's own tokens are positive.
        underWay.put(--lastToken, together);
        turn.act(new Action.Persist(lastToken, changes));
    }

    /** Whether it is being committed: it is held, and may yet be lost. */
    boolean isUnderWay(Id packet) {
        return ids.containsKey(packet);
    }

    void committed(long token) {
        settle(token).forEach(cache::durable);
    }

    void commitFailed(long token) {
        List<Id> lost = settle(token);
        if (!lost.isEmpty()) {
            turn.count("not-kept", lost.size());
        }
    }

    private List<Id> settle(long token) {
        List<Id> settled = underWay.remove(token);
        if (settled == null) {
            return List.of();
        }
        for (Id id : settled) {
            ids.computeIfPresent(id, (same, commits) -> commits == 1 ? null : commits - 1);
        }
        return settled;
    }
}
