// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What waits to be sent to one peer: live packets before repairs, at the pace that the peer can take. What does not
 * fit is left out: anti-entropy finds it later.
 */
final class Outflow {

    /** A reference peer drops more than 1,023 packets in a calendar minute (protocol-v6 D54): 200 + 60 * 12, and joins. */
    private static final double REFERENCE_PER_SECOND = 12;

    private static final double REFERENCE_BURST = 200;

    /** When a packet was last sent to this peer, how often, and how often again at once because it had got lost. */
    private record Sending(long atMs, int times, int losses, boolean isRepair) {

        private static final int TIMES_MAX = 13;

        /** Until it was sent so often, half a minute, sending again to who got it and has it not becomes rare faster. */
        private static final int UNKEPT_TIMES_MAX = 8;

        /** It has come: when it is found to lack nevertheless, the peer does not keep it, and once more is less urgent. */
        private Sending came() {
            return new Sending(atMs, times < UNKEPT_TIMES_MAX ? times + 1 : times, losses, isRepair);
        }

        /** A peer that still lacks it may have lost it; one that has let it go must not be sent it for ever. */
        boolean mayRepeat(long onTheWayMs, long nowMs) {
            return nowMs - atMs >= Math.max(Timing.IN_FLIGHT_MS, onTheWayMs) << Math.min(times, TIMES_MAX) - 1;
        }
    }

    private final TokenBucket pace;
    private final Line line;
    private final Deque<CachedPacket> lost = new ArrayDeque<>();
    private final Deque<CachedPacket> live = new ArrayDeque<>();
    /** Live packets of the time since the line fell silent: in case that it carries one way, each is tried once. */
    private final Deque<CachedPacket> untried = new ArrayDeque<>();
    /** Oldest first, in whatever order they are found to lack: what comes before the fragment before it may be of no use. */
    private final NavigableSet<CachedPacket> repairs = new TreeSet<>(
            Comparator.<CachedPacket>comparingLong(CachedPacket::sequence).thenComparing(CachedPacket::id));
    private final Map<Id, Sending> sendings = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, Sending> eldest) {
            return size() > Limits.SENDINGS_MAX;
        }
    };
    private int flags;
    private boolean isRepair;
    private long lookAgainMs = Long.MAX_VALUE;

    private Outflow(TokenBucket pace, Line line) {
        this.pace = pace;
        this.line = line;
    }

    static Outflow toward(boolean kin, long nowMs) {
        return kin
                ? new Outflow(null, new Line(nowMs))
                : new Outflow(new TokenBucket(REFERENCE_PER_SECOND, REFERENCE_BURST, nowMs), null);
    }

    /** The line to one of our own nodes; null to a reference peer. */
    Line line() {
        return line;
    }

    /** @return false when the queue is full */
    boolean offerLive(CachedPacket packet) {
        boolean blindly = !untried.isEmpty() || line != null && line.isSilent();
        return hasRoom() && (blindly ? untried : live).add(packet);
    }

    /** Whether this peer was sent a packet. */
    boolean wasSent(CachedPacket packet) {
        return sendings.containsKey(packet.id());
    }

    /** Whether this peer was sent a packet more than once: it seems not to keep it. */
    boolean wasRepaired(CachedPacket packet) {
        Sending last = sendings.get(packet.id());
        return last != null && last.times() > 1;
    }

    /** The peer has said that it got a packet, or cannot keep it. */
    void settle(CachedPacket packet, long nowMs) {
        sendings.put(packet.id(), new Sending(nowMs, Sending.TIMES_MAX, 0, true));
        repairs.remove(packet);
    }

    /** The peer has told what came. What did not goes again, before all else: others may wait for it there. */
    void told(Receipt receipt, long nowMs) {
        Line.Told told = line.told(receipt, nowMs);
        told.came().forEach(packet -> sendings.computeIfPresent(packet.id(), (id, last) -> last.came()));
        for (CachedPacket packet : told.lost()) {
            Sending last = sendings.get(packet.id());
            if (last != null && last.losses() < Limits.LOST_TIMES_MAX && hasRoom()) {
                repairs.remove(packet);
                lost.add(packet);
            }
        }
    }

    /** A packet is held no more: what was sent of it, or was to be, is of no use. */
    void forget(CachedPacket packet) {
        sendings.remove(packet.id());
        repairs.remove(packet);
    }

    /** @return false when the queue is full, or the packet waits already or was sent not long ago */
    boolean offerRepair(CachedPacket packet, long nowMs) {
        Sending last = sendings.get(packet.id());
        long onTheWayMs = line == null ? 0 : line.roundTripMs() + line.roundTripMs() / 2;
        boolean offered = (last == null || last.mayRepeat(onTheWayMs, nowMs))
                && hasRoom()
                && repairs.add(packet);
        if (offered && last != null && line != null && nowMs - last.atMs() < Timing.LOSS_SHOWN_MS) {
            line.lost();
        }
        return offered;
    }

    private boolean hasRoom() {
        return lost.size() + live.size() + untried.size() + repairs.size() < Limits.OUTFLOW_PACKETS_MAX;
    }

    /** The next packet that may leave now, or null. */
    CachedPacket poll(long nowMs) {
        if (isEmpty()) {
            return null;
        }
        if (!(line == null ? pace.tryTake(nowMs) : line.mayLeave(nowMs))) {
            return line == null || untried.isEmpty() || !line.mayLeaveBlindly(nowMs) ? null : leave(untried.poll(), false, true, nowMs);
        }
        boolean wasLost = !lost.isEmpty();
        boolean wasLive = !wasLost && !(live.isEmpty() && untried.isEmpty());
        return leave(first(), wasLost, wasLive, nowMs);
    }

    private CachedPacket leave(CachedPacket packet, boolean wasLost, boolean wasLive, long nowMs) {
        Sending last = sendings.remove(packet.id());
        int times = last == null ? (wasLost ? 1 : 0) : last.times();
        int losses = last == null ? 0 : last.losses();
        isRepair = !wasLive && (!wasLost || last != null && last.isRepair());
        Sending now = wasLost
                ? new Sending(nowMs, times, losses + 1, isRepair)
                : new Sending(nowMs, times + 1, losses, isRepair);
        sendings.put(packet.id(), now);
        flags = line == null ? 0 : line.left(packet, last != null && nowMs - last.atMs() < line.timeoutMs(), !isEmpty(), nowMs);
        return packet;
    }

    /** What the packet that was polled last has to say to the next hop. */
    int flags() {
        return flags;
    }

    private CachedPacket first() {
        if (!lost.isEmpty()) {
            return lost.poll();
        }
        if (!live.isEmpty()) {
            return live.poll();
        }
        return untried.isEmpty() ? repairs.pollFirst() : untried.poll();
    }

    /** Whether the packet that was polled last mends a gap: what got lost just now does not, when it was new. */
    boolean isRepair() {
        return isRepair;
    }

    boolean isEmpty() {
        return lost.isEmpty() && live.isEmpty() && untried.isEmpty() && repairs.isEmpty();
    }

    /** Whether packets are on their way that the peer lacks. */
    boolean isBusy() {
        return line == null ? !repairs.isEmpty() : !isEmpty() || line.isBusy();
    }

    /** The time until it is to be looked at again, when that is earlier than it would be anyway; else -1. */
    long lookAgain(long nowMs) {
        boolean idle = isEmpty() && (line == null || !line.isAsked());
        long atMs = nowMs + (line == null ? pace.waitMs(nowMs) : line.waitMs(nowMs));
        if (idle || atMs >= lookAgainMs) {
            return -1;
        }
        lookAgainMs = atMs;
        return atMs - nowMs;
    }

    /** It is looked at. */
    void looked() {
        lookAgainMs = Long.MAX_VALUE;
    }
}
