// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The order of one sender in one epoch: its numbers start at 1 and rise by 1. */
final class SenderOrder<T> {

    /**
     * When a first number is higher, what came before it was sent before this node was there; below, it is likely to be
     * under way. A guess.
     */
    private static final long FIRST_NUMBERS = 16;

    private record Held<T>(long sequence, T item, int bytes, long arrivedMs) {}

    private final OrderLimits limits;
    private final SequenceSet seen;
    private final TreeMap<Long, Held<T>> held = new TreeMap<>();
    private final Deque<Held<T>> byArrival = new ArrayDeque<>();
    private long heldBytes;
    private long next = 1;

    SenderOrder(OrderLimits limits) {
        this.limits = limits;
        this.seen = new SequenceSet(limits.intervalsMax());
    }

    /** As it was when its state was taken. */
    SenderOrder(OrderLimits limits, OrderState state) {
        this(limits);
        next = state.next();
        for (int i = 0; i + 1 < state.runs().length; i += 2) {
            seen.addRun(state.runs()[i], state.runs()[i + 1]);
        }
    }

    /** What was handed on; what is held back is not in it. */
    OrderState state() {
        return new OrderState(next, seen.runsBelow(next, limits.runsKept()));
    }

    /** Takes an item that was not there before; whatever may go now goes out. False when it was there. */
    boolean accept(long sequence, int bytes, T item, long nowMs, Consumer<? super T> out) {
        if (!seen.add(sequence)) {
            return false;
        }
        if (sequence < next) {
            out.accept(item);
            return true;
        }
        Held<T> arrival = new Held<>(sequence, item, bytes, nowMs);
        held.put(sequence, arrival);
        byArrival.add(arrival);
        heldBytes += bytes;
        releaseRun(out);
        while (held.size() > limits.heldMax() || heldBytes > limits.heldBytesMax()) {
            skipGap(out);
        }
        return true;
    }

    /** Gives up on what those wait for that have waited long enough. */
    void expire(long nowMs, Consumer<? super T> out) {
        while (deadlineMs() <= nowMs) {
            skipGap(out);
        }
    }

    /** Lets all go that is held, in order. */
    void flush(Consumer<? super T> out) {
        while (!held.isEmpty()) {
            skipGap(out);
        }
    }

    /** When the one that has waited longest need wait no more; Long.MAX_VALUE when none is held. */
    long deadlineMs() {
        while (!byArrival.isEmpty() && byArrival.peek().sequence() < next) {
            byArrival.poll();
        }
        return byArrival.isEmpty() ? Long.MAX_VALUE : byArrival.peek().arrivedMs() + waitMs();
    }

    private long waitMs() {
        boolean cameLate = next == 1 && held.firstKey() > FIRST_NUMBERS;
        return cameLate ? limits.firstWaitMs() : limits.waitMs();
    }

    private void skipGap(Consumer<? super T> out) {
        next = held.firstKey();
        releaseRun(out);
    }

    private void releaseRun(Consumer<? super T> out) {
        for (Held<T> first = held.remove(next); first != null; first = held.remove(next)) {
            next++;
            heldBytes -= first.bytes();
            out.accept(first.item());
        }
    }
}
