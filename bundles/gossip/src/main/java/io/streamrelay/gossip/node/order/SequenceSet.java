// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which sequence numbers were seen, as intervals. Bounded: when there are too many gaps the lowest one is closed, and
 * what would still come for it counts as seen.
 */
final class SequenceSet {

    private final TreeMap<Long, Long> intervals = new TreeMap<>();
    private final int intervalsMax;

    SequenceSet(int intervalsMax) {
        this.intervalsMax = intervalsMax;
    }

    /** Adds a number; false when it was there. */
    boolean add(long number) {
        Map.Entry<Long, Long> below = intervals.floorEntry(number);
        if (below != null && below.getValue() >= number) {
            return false;
        }
        long start = below != null && below.getValue() == number - 1 ? below.getKey() : number;
        Long end = intervals.remove(number + 1);
        intervals.put(start, end == null ? number : end);
        if (intervals.size() > intervalsMax) {
            closeLowestGap();
        }
        return true;
    }

    int intervals() {
        return intervals.size();
    }

    private void closeLowestGap() {
        Map.Entry<Long, Long> lowest = intervals.pollFirstEntry();
        Map.Entry<Long, Long> second = intervals.pollFirstEntry();
        intervals.put(lowest.getKey(), second.getValue());
    }
}
