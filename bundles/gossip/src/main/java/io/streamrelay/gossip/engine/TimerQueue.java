// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Deadlines in their order; those of the same millisecond in the order in which they were set. */
final class TimerQueue {

    /** One deadline. */
    record Entry(long deadlineMs, long sequence, Timer timer, Object subject) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::deadlineMs).thenComparingLong(Entry::sequence));
    private long sequence;

    void schedule(long deadlineMs, Timer timer, Object subject) {
        entries.add(new Entry(deadlineMs, sequence++, timer, subject));
    }

    /** The next entry that is due, taken out, or null. */
    Entry pollDue(long nowMs) {
        Entry first = entries.peek();
        return first != null && first.deadlineMs() - nowMs <= 0 ? entries.poll() : null;
    }

    /** {@link Long#MAX_VALUE} when there is none. */
    long nextDeadlineMs() {
        Entry first = entries.peek();
        return first == null ? Long.MAX_VALUE : first.deadlineMs();
    }

    int size() {
        return entries.size();
    }
}
