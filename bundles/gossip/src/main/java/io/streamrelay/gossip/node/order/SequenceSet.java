// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Which sequence numbers were seen, as intervals. Bounded: when there are too many, the shorter of the lowest two is
 * forgotten. What it held may be taken twice then; nothing that was not seen ever counts as seen.
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
            forgetOne();
        }
        return true;
    }

    int intervals() {
        return intervals.size();
    }

    /** Adds a run of numbers none of which, nor of their neighbours, is in. */
    void addRun(long first, long last) {
        intervals.put(first, last);
    }

    /** First and last of the runs below a number, rising; of more than so many the highest. */
    long[] runsBelow(long limit, int runsMax) {
        NavigableMap<Long, Long> below = intervals.headMap(limit, false);
        int skipped = Math.max(0, below.size() - runsMax);
        return below.entrySet().stream()
                .skip(skipped)
                .flatMapToLong(run -> LongStream.of(run.getKey(), Math.min(run.getValue(), limit - 1)))
                .toArray();
    }

    private void forgetOne() {
        Map.Entry<Long, Long> lowest = intervals.firstEntry();
        Map.Entry<Long, Long> second = intervals.higherEntry(lowest.getKey());
        intervals.remove(length(lowest) < length(second) ? lowest.getKey() : second.getKey());
    }

    private static long length(Map.Entry<Long, Long> interval) {
        return interval.getValue() - interval.getKey();
    }
}
