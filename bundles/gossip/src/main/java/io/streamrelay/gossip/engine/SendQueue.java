// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What waits to be sent to one peer, in the order in which it leaves, without what is held no more.
 *
 * <pre>
 *   live      lost again, new, or new since the line fell silent
 *   backlog   lost again, missed while the line was cut, repairs, other clusters' packets
 * </pre>
 *
 * <p>Without a rate for a backlog what is lost or missed is not told apart, and leaves as if it were live.
 */
final class SendQueue {

    /** Which of them a packet waited in. */
    enum Kind {
        LOST,
        LIVE,
        REPAIR
    }

    /** A packet that may leave. */
    record Next(CachedPacket packet, Kind kind) {}

    private final Deque<CachedPacket> lost = new ArrayDeque<>();
    private final Deque<CachedPacket> live = new ArrayDeque<>();
    private final Deque<CachedPacket> foreign = new ArrayDeque<>();
    /** Live packets of the time since the line fell silent: in case that it carries one way, each is tried once. */
    private final Deque<CachedPacket> untried = new ArrayDeque<>();
    /** What got lost of a backlog that has a rate. */
    private final Deque<CachedPacket> lostAgain = new ArrayDeque<>();
    /** What was untried when the line had been cut, where a backlog has a rate. */
    private final Deque<CachedPacket> missed = new ArrayDeque<>();

    private final List<Deque<CachedPacket>> waiting = List.of(lost, live, untried, lostAgain, missed, foreign);
    /** Oldest first, in whatever order they are found to lack: what comes before the fragment before it may be of no use. */
    private final NavigableSet<CachedPacket> repairs = new TreeSet<>(
            Comparator.<CachedPacket>comparingLong(CachedPacket::sequence).thenComparing(CachedPacket::id));

    private boolean forgotten;

    /** Live packets of other clusters: what is carried for strangers does not hold up our own. @return false when full */
    boolean offerForeign(CachedPacket packet) {
        return foreign.size() < Limits.OUTFLOW_FOREIGN_MAX && hasRoom() && foreign.add(packet);
    }

    /** @return false when the queue is full */
    boolean offerLive(CachedPacket packet, boolean isSilent) {
        boolean blindly = isSilent || !untried.isEmpty();
        return hasRoom() && (blindly ? untried : live).add(packet);
    }

    /** @return false when the queue is full */
    boolean offerLost(CachedPacket packet) {
        return offerLost(packet, false);
    }

    /** @return false when the queue is full */
    boolean offerLost(CachedPacket packet, boolean ofBacklog) {
        repairs.remove(packet);
        return hasRoom() && (ofBacklog ? lostAgain : lost).add(packet);
    }

    /** The line was cut: what has waited untried is backlog. */
    void miss() {
        missed.addAll(untried);
        untried.clear();
    }

    /** What is new does not wait for a slow backlog to make room: the last of that will be found to lack again. */
    void makeRoom() {
        if (!hasRoom()) {
            repairs.pollLast();
        }
    }

    /** @return false when the queue is full, or it waits as a repair already */
    boolean offerRepair(CachedPacket packet) {
        return hasRoom() && repairs.add(packet);
    }

    /** The peer needs it no more. */
    void remove(CachedPacket packet, boolean wasLost) {
        repairs.remove(packet);
        if (wasLost) {
            lost.remove(packet);
            lostAgain.remove(packet);
        }
    }

    /** It is held no more. What waits elsewhere than at a head is looked for when its room is needed. */
    void forget(CachedPacket packet) {
        repairs.remove(packet);
        forgotten = true;
    }

    private boolean hasRoom() {
        if (size() >= Limits.OUTFLOW_PACKETS_MAX && forgotten) {
            waiting.forEach(queue -> queue.removeIf(CachedPacket::isGone));
            forgotten = false;
        }
        return size() < Limits.OUTFLOW_PACKETS_MAX;
    }

    int size() {
        int size = repairs.size();
        for (Deque<CachedPacket> queue : waiting) {
            size += queue.size();
        }
        return size;
    }

    /** Takes out all that waits, in the order in which it would have left; not what is carried for strangers, which is let go. */
    List<CachedPacket> takeAll() {
        foreign.clear();
        List<CachedPacket> all = new ArrayList<>();
        while (!isEmpty()) {
            all.add(poll().packet());
        }
        return all;
    }

    /** What leaves next; there must be something. */
    Next poll() {
        if (!lost.isEmpty()) {
            return new Next(lost.poll(), Kind.LOST);
        }
        if (!live.isEmpty()) {
            return new Next(live.poll(), Kind.LIVE);
        }
        if (!untried.isEmpty()) {
            return new Next(untried.poll(), Kind.LIVE);
        }
        if (!lostAgain.isEmpty()) {
            return new Next(lostAgain.poll(), Kind.LOST);
        }
        if (!missed.isEmpty()) {
            return new Next(missed.poll(), Kind.LIVE);
        }
        return repairs.isEmpty() ? new Next(foreign.poll(), Kind.LIVE) : new Next(repairs.pollFirst(), Kind.REPAIR);
    }

    Stream<CachedPacket> lost() {
        return Stream.concat(lost.stream(), lostAgain.stream());
    }

    /** What leaves next on a line that does not answer, or null. */
    CachedPacket pollUntried() {
        return untried.poll();
    }

    boolean hasUntried() {
        letGo(untried);
        return !untried.isEmpty();
    }

    /** Whether what leaves next is no backlog. */
    boolean hasLive() {
        letGo(lost);
        letGo(live);
        return hasUntried() || !lost.isEmpty() || !live.isEmpty();
    }

    boolean hasRepairs() {
        return !repairs.isEmpty();
    }

    boolean isEmpty() {
        boolean isEmpty = repairs.isEmpty();
        for (Deque<CachedPacket> queue : waiting) {
            letGo(queue);
            isEmpty &= queue.isEmpty();
        }
        return isEmpty;
    }

    private static void letGo(Deque<CachedPacket> queue) {
        while (!queue.isEmpty() && queue.peek().isGone()) {
            queue.poll();
        }
    }
}
