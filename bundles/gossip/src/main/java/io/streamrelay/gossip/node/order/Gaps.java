// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The gaps of one sender. Bounded: when there are too many, the lowest is forgotten. */
final class Gaps {

    private final TreeMap<Long, Gap> byFirst = new TreeMap<>();
    private final int max;
    private final OrderRoom room;
    private final OrderHost host;

    /**
     * @param max how many are remembered; 0 = none, and nobody asks for them
     * @param room where they are counted
     */
    Gaps(int max, OrderRoom room, OrderHost host) {
        this.max = max;
        this.room = room;
        this.host = host;
    }

    /** Adds one that overlaps none. */
    void add(Gap gap) {
        if (max == 0) {
            return;
        }
        byFirst.put(gap.from(), gap);
        room.gaps(1);
        if (byFirst.size() > max) {
            forgetLowest();
        }
    }

    /** A number has come after all. */
    void fill(long number) {
        Map.Entry<Long, Gap> below = byFirst.floorEntry(number);
        if (below == null || below.getValue().to() < number) {
            return;
        }
        Gap gap = below.getValue();
        byFirst.remove(gap.from());
        room.gaps(-1);
        if (gap.from() < number) {
            add(new Gap(gap.from(), number - 1, gap.sinceMs()));
        }
        if (number < gap.to()) {
            add(new Gap(number + 1, gap.to(), gap.sinceMs()));
        }
    }

    /** False when there is none. */
    boolean forgetLowest() {
        if (byFirst.pollFirstEntry() == null) {
            return false;
        }
        room.gaps(-1);
        host.count(OrderHost.GAP_FORGOTTEN);
        return true;
    }

    /** With the sender that they belong to. */
    void clear() {
        room.gaps(-byFirst.size());
        byFirst.clear();
    }

    /** All of them, by rising numbers, as a copy. */
    List<Gap> list() {
        return List.copyOf(byFirst.values());
    }
}
