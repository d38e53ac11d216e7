// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What waits to be sent to one peer: live packets before repairs, at the pace that the peer can take. What does not
 * fit is left out: anti-entropy finds it later.
 */
final class Outflow {

    /** A reference peer drops more than 1,023 packets in a calendar minute (protocol-v6 D54): 200 + 60 * 12, and joins. */
    private static final double REFERENCE_PER_SECOND = 12;

    private static final double REFERENCE_BURST = 200;

    /** When a packet was last sent to this peer, how often, and how often again at once because it had got lost. */
    private record Sending(long atMs, int times, int losses, boolean isRepair, boolean waits) {

        private static final int TIMES_MAX = 13;

        private Sending waiting() {
            return new Sending(atMs, times, losses, isRepair, true);
        }

        /** A peer that still lacks it may have lost it; one that has let it go must not be sent it for ever. */
        boolean mayRepeat(long onTheWayMs, long nowMs) {
            return !waits
                    && nowMs - atMs >= Math.max(Timing.IN_FLIGHT_MS, onTheWayMs) << Math.min(times, TIMES_MAX) - 1;
        }
    }

    private final TokenBucket pace;
    private final Line line;
    private final SendQueue queue = new SendQueue();
    private final Map<Id, Sending> sendings = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, Sending> eldest) {
            return size() > Limits.SENDINGS_MAX;
        }
    };
    private boolean keeps = true;
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

    /** A new packet of another cluster. @return false when too many wait */
    boolean offerForeign(CachedPacket packet) {
        return queue.offerForeign(packet);
    }

    /** @return false when the queue is full */
    boolean offerLive(CachedPacket packet) {
        return queue.offerLive(packet, line != null && line.isSilent());
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
        Sending last =
                sendings.put(packet.id(), new Sending(nowMs, Sending.TIMES_MAX, Limits.LOST_TIMES_MAX, true, false));
        queue.remove(packet, last != null && last.waits());
    }

    /** The peer has told what came. What did not goes again, before all else: others may wait for it there. */
    void told(Receipt receipt, long nowMs) {
        Line.Told told = line.told(receipt, nowMs);
        keeps = told.came().isEmpty() ? keeps : receipt.number() != Receipt.NOT_KEPT;
        for (CachedPacket packet : told.lost()) {
            Sending last = sendings.get(packet.id());
            if (last != null && last.losses() < Limits.LOST_TIMES_MAX && queue.offerLost(packet)) {
                sendings.put(packet.id(), last.waiting());
            }
        }
    }

    /** Whether it keeps what comes; who cannot commit it is sent one packet now and then, to see whether it can. */
    boolean keeps() {
        return keeps;
    }

    /** A packet is held no more: what was sent of it, or was to be, is of no use. */
    void forget(CachedPacket packet) {
        sendings.remove(packet.id());
        queue.forget(packet);
    }

    /** @return false when the queue is full, or the packet waits already or was sent not long ago */
    boolean offerRepair(CachedPacket packet, long nowMs) {
        Sending last = sendings.get(packet.id());
        long onTheWayMs = line == null ? 0 : line.roundTripMs() + line.roundTripMs() / 2;
        boolean offered = (last == null || last.mayRepeat(onTheWayMs, nowMs)) && queue.offerRepair(packet);
        if (offered && last != null && line != null && nowMs - last.atMs() < Timing.LOSS_SHOWN_MS) {
            line.lost();
        }
        return offered;
    }

    /** The next packet that may leave now, or null. */
    CachedPacket poll(long nowMs) {
        if (queue.isEmpty()) {
            return null;
        }
        if (line == null ? pace.tryTake(nowMs) : line.mayLeave(nowMs)) {
            return leave(queue.poll(), nowMs);
        }
        boolean tries = line != null && queue.hasUntried() && line.mayLeaveBlindly(nowMs);
        return tries ? leave(new SendQueue.Next(queue.pollUntried(), SendQueue.Kind.LIVE), nowMs) : null;
    }

    private CachedPacket leave(SendQueue.Next next, long nowMs) {
        CachedPacket packet = next.packet();
        boolean wasLost = next.kind() == SendQueue.Kind.LOST;
        Sending last = sendings.remove(packet.id());
        int times = last == null ? (wasLost ? 1 : 0) : last.times();
        int losses = last == null ? 0 : last.losses();
        isRepair = next.kind() == SendQueue.Kind.REPAIR || wasLost && last != null && last.isRepair();
        Sending now = wasLost
                ? new Sending(nowMs, times, losses + 1, isRepair, false)
                : new Sending(nowMs, times + 1, losses, isRepair, false);
        sendings.put(packet.id(), now);
        flags = line == null
                ? 0
                : line.left(packet, last != null && nowMs - last.atMs() < line.timeoutMs(), !isEmpty(), !keeps, nowMs);
        return packet;
    }

    /** What the packet that was polled last has to say to the next hop. */
    int flags() {
        return flags;
    }

    /** Whether the packet that was polled last mends a gap: what got lost just now does not, when it was new. */
    boolean isRepair() {
        return isRepair;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Whether packets are on their way that the peer lacks. */
    boolean isBusy() {
        return line == null ? queue.hasRepairs() : !isEmpty() || line.isBusy();
    }

    /** The time until it is to be looked at again, when that is earlier than it would be anyway; else -1. */
    long lookAgain(long nowMs) {
        boolean idle = isEmpty() && (line == null || !line.isAsked());
        long atMs = nowMs + waitMs(nowMs);
        if (idle || atMs >= lookAgainMs) {
            return -1;
        }
        lookAgainMs = atMs;
        return atMs - nowMs;
    }

    private long waitMs(long nowMs) {
        if (line == null) {
            return pace.waitMs(nowMs);
        }
        return isEmpty() ? line.answerWaitMs(nowMs) : line.waitMs(nowMs);
    }

    /** Whether this is the time of the latest look that was asked for, not of one that was overtaken. */
    boolean isDue(long nowMs) {
        return nowMs >= lookAgainMs;
    }

    /** It is looked at. */
    void looked() {
        lookAgainMs = Long.MAX_VALUE;
    }
}
