// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The order of one sender in one epoch: its numbers start at 1 and rise by 1. */
final class SenderOrder<T> {

    /**
     * When a first number is higher, what came before it was sent before this node was there; below, it is likely to be
     * under way. A guess.
     */
    private static final long FIRST_NUMBERS = 16;

    private final OrderLimits limits;
    private final OrderRoom room;
    private final OrderHost host;
    private final SequenceSet seen;
    private final TreeMap<Long, Sequenced<T>> held = new TreeMap<>();
    // What goes is taken out at once: the first one may wait for days.
    private final Map<Long, Sequenced<T>> byArrival = new LinkedHashMap<>();
    private final Gaps gaps;
    private long heldBytes;
    private long next = 1;

    SenderOrder(OrderLimits limits, OrderRoom room, OrderHost host) {
        this.limits = limits;
        this.room = room;
        this.host = host;
        this.seen = new SequenceSet(limits.intervalsMax());
        this.gaps = new Gaps(limits.gapsMax(), room, host);
    }

    /** Goes on where it was when its state was taken. */
    void restore(OrderState state) {
        next = state.next();
        for (int i = 0; i + 1 < state.runs().length; i += 2) {
            seen.addRun(state.runs()[i], state.runs()[i + 1]);
        }
        state.gaps().forEach(gaps::add);
    }

    /** What was handed on or given up; what is held back is not in it. */
    OrderState state() {
        return new OrderState(next, seen.runsBelow(next, limits.runsKept()), gaps.list());
    }

    /** What was given up and has not come since. */
    Gaps gaps() {
        return gaps;
    }

    /** Takes an item that was not there before; whatever may go now goes out. False when it was there. */
    boolean accept(Sequenced<T> arrival, Consumer<? super T> out) {
        if (!seen.add(arrival.sequence())) {
            return false;
        }
        if (arrival.sequence() < next) {
            host.count(OrderHost.LATE);
            gaps.fill(arrival.sequence());
            out.accept(arrival.item());
            return true;
        }
        hold(arrival);
        releaseRun(out);
        while (held.size() > limits.heldMax() || heldBytes > limits.heldBytesMax()) {
            giveUp(OrderHost.NO_ROOM, out);
        }
        return true;
    }

    /** Gives up on what those wait for that have waited long enough. */
    void expire(long nowMs, OrderWait wait, Consumer<? super T> out) {
        while (deadlineMs(wait) <= nowMs) {
            giveUp(OrderHost.WAITED, out);
        }
    }

    /** Lets an item go, and those before it, if it waits. */
    void release(long sequence, Consumer<? super T> out) {
        while (held.containsKey(sequence)) {
            giveUp(OrderHost.LET_GO, out);
        }
    }

    /** Lets all go that is held, in order, for it is about to be forgotten. */
    void flush(Consumer<? super T> out) {
        while (!held.isEmpty()) {
            giveUp(OrderHost.NO_ROOM, out);
        }
        gaps.clear();
    }

    /** When the one that has waited longest need wait no more; Long.MAX_VALUE when none is held. */
    long deadlineMs(OrderWait wait) {
        if (held.isEmpty()) {
            return Long.MAX_VALUE;
        }
        boolean cameLate = next == 1 && held.firstKey() > FIRST_NUMBERS;
        return longestWaitingMs() + (cameLate ? wait.firstWaitMs() : wait.waitMs());
    }

    /** When the one that has waited longest came; Long.MAX_VALUE when none is held. */
    long longestWaitingMs() {
        return byArrival.isEmpty()
                ? Long.MAX_VALUE
                : byArrival.values().iterator().next().arrivedMs();
    }

    /** Does without what is missing before the first one that waits. */
    void giveUp(String reason, Consumer<? super T> out) {
        host.count(reason);
        gaps.add(new Gap(next, held.firstKey() - 1, host.wallMs()));
        next = held.firstKey();
        releaseRun(out);
    }

    private void hold(Sequenced<T> arrival) {
        held.put(arrival.sequence(), arrival);
        byArrival.put(arrival.sequence(), arrival);
        heldBytes += arrival.bytes();
        room.take(arrival.bytes());
    }

    private void releaseRun(Consumer<? super T> out) {
        for (Sequenced<T> first = held.remove(next); first != null; first = held.remove(next)) {
            byArrival.remove(next);
            next++;
            heldBytes -= first.bytes();
            room.free(first.bytes());
            out.accept(first.item());
        }
    }
}
