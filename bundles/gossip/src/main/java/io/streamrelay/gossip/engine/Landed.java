// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Receipt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * What has come from one node, in the order in which it came, and how far nothing of it waits for the disk any more. So far
 * receipts name it: whoever gets one takes for lost what left before something that is named and is not named itself.
 */
final class Landed {

    /** The latest of those before the first that waits. */
    private final Deque<Id> safe = new ArrayDeque<>();

    /** From the first on that waits: a few, or as many as come while a disk stalls. */
    private final Deque<Waiting> behind = new ArrayDeque<>();

    /** @param packet null for what need not be waited for itself, as it was on disk or is not kept */
    private record Waiting(Id id, CachedPacket packet) {}

    private boolean cut;

    /**
     * A packet has come; one that had come before has come last.
     *
     * @param waits null when it is on disk already, or not held
     * @return whether nothing waits that came before it, nor itself
     */
    boolean came(Id id, CachedPacket waits) {
        safe.remove(id);
        Waiting before = waiting(id);
        if (before != null) {
            behind.remove(before);
        }
        if (behind.isEmpty() && before == null && waits == null) {
            name(id);
            return true;
        }
        behind.add(new Waiting(id, waits == null && before != null ? before.packet() : waits));
        return false;
    }

    private Waiting waiting(Id id) {
        if (!behind.isEmpty()) {
            for (Waiting each : behind) {
                if (each.id().equals(id)) {
                    return each;
                }
            }
        }
        return null;
    }

    /** Looks how far nothing waits any more. @param underWayToDisk whether what is not on disk yet is on its way there */
    void settle(Predicate<Id> underWayToDisk) {
        for (Waiting first = behind.peek(); first != null; first = behind.peek()) {
            CachedPacket packet = first.packet();
            if (packet != null && !packet.isDurable() && underWayToDisk.test(first.id())) {
                return;
            }
            behind.remove();
            name(first.id());
        }
    }

    private void name(Id id) {
        safe.add(id);
        if (safe.size() > Receipt.NAMES_MAX) {
            safe.remove();
            cut = true;
        }
    }

    /** Whether nothing waits that came before a packet, nor itself. */
    boolean isSafe(Id id) {
        return waiting(id) == null;
    }

    /** The newest, or null when nothing waits. */
    Id lastWaiting() {
        return behind.isEmpty() ? null : behind.getLast().id();
    }

    /** As many as a receipt may name, the newest last. */
    List<Id> names() {
        return new ArrayList<>(safe);
    }

    /** The same, and all that came after them, but for these. */
    List<Id> allBut(Predicate<Id> left) {
        List<Id> names = names();
        for (Waiting each : behind) {
            if (each.packet() == null || each.packet().isDurable() || !left.test(each.id())) {
                names.add(each.id());
            }
        }
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
