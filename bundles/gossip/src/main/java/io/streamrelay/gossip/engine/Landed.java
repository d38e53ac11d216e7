// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Receipt;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What has come from one node, in the order in which it came, and how far nothing of it waits for the disk any more. So far
 * receipts name it: whoever gets one takes for lost what left before something that is named and is not named itself.
 */
final class Landed {

    /** The latest of those before the first that waits. */
    private final Set<Id> safe = new LinkedHashSet<>();

    /** From the first on that waits; null for what need not be waited for itself, as it was on disk or is not kept. */
    private final Map<Id, CachedPacket> behind = new LinkedHashMap<>();

    private boolean cut;

    /**
     * A packet has come; one that had come before has come last.
     *
     * @param waits null when it is on disk already, or not held
     */
    void came(Id id, CachedPacket waits) {
        safe.remove(id);
        CachedPacket before = behind.remove(id);
        if (behind.isEmpty() && before == null && waits == null) {
            name(id);
        } else {
            behind.put(id, waits == null ? before : waits);
        }
    }

    /** Looks how far nothing waits any more. @param underWayToDisk whether what is not on disk yet is on its way there */
    void settle(Predicate<Id> underWayToDisk) {
        Iterator<Map.Entry<Id, CachedPacket>> first = behind.entrySet().iterator();
        while (first.hasNext()) {
            Map.Entry<Id, CachedPacket> next = first.next();
            CachedPacket packet = next.getValue();
            if (packet != null && !packet.isDurable() && underWayToDisk.test(next.getKey())) {
                return;
            }
            first.remove();
            name(next.getKey());
        }
    }

    private void name(Id id) {
        safe.add(id);
        if (safe.size() > Receipt.NAMES_MAX) {
            safe.remove(safe.iterator().next());
            cut = true;
        }
    }

    /** Whether nothing waits that came before a packet, nor itself. */
    boolean isSafe(Id id) {
        return !behind.containsKey(id);
    }

    /** The newest, or null when nothing waits. */
    Id lastWaiting() {
        Id last = null;
        for (Id id : behind.keySet()) {
            last = id;
        }
        return last;
    }

    /** As many as a receipt may name, the newest last. */
    List<Id> names() {
        return new ArrayList<>(safe);
    }

    /** The same, and all that came after them, but for these. */
    List<Id> allBut(Predicate<Id> left) {
        List<Id> names = names();
        behind.forEach((id, packet) -> {
            if (packet == null || packet.isDurable() || !left.test(id)) {
                names.add(id);
            }
        });
        return names;
    }

    /** Whether more have come before the first of the names. */
    boolean isCut() {
        return cut;
    }

    boolean isEmpty() {
        return safe.isEmpty() && behind.isEmpty();
    }
}
