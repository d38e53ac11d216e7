// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What waits to be sent to one peer: live packets before repairs, at the pace that the peer can take. What does not
 * fit is left out: anti-entropy finds it later.
 */
final class Outflow {

    /** A guess, to be measured: well below what one core decodes. */
    private static final double KIN_PER_SECOND = 8_000;

    private static final double KIN_BURST = 512;

    /** A reference peer drops more than 1,023 packets in a calendar minute (protocol-v6 D54): 200 + 60 * 12, and joins. */
    private static final double REFERENCE_PER_SECOND = 12;

    private static final double REFERENCE_BURST = 200;

    /** When a packet was last sent to this peer, and how often. */
    private record Sending(long atMs, int times) {

        private static final int TIMES_MAX = 13;

        /** A peer that still lacks it may have lost it; one that has let it go must not be sent it for ever. */
        boolean mayRepeat(long nowMs) {
            return nowMs - atMs >= Timing.IN_FLIGHT_MS << Math.min(times, TIMES_MAX) - 1;
        }
    }

    private final TokenBucket pace;
    private final Deque<CachedPacket> live = new ArrayDeque<>();
    private final Map<Id, CachedPacket> repairs = new LinkedHashMap<>();
    private final Map<Id, Sending> sendings = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, Sending> eldest) {
            return size() > Limits.SENDINGS_MAX;
        }
    };
    private boolean waiting;

    private Outflow(TokenBucket pace) {
        this.pace = pace;
    }

    static Outflow toward(boolean kin, long nowMs) {
        return new Outflow(
                kin
                        ? new TokenBucket(KIN_PER_SECOND, KIN_BURST, nowMs)
                        : new TokenBucket(REFERENCE_PER_SECOND, REFERENCE_BURST, nowMs));
    }

    /** @return false when the queue is full */
    boolean offerLive(CachedPacket packet) {
        return hasRoom() && live.add(packet);
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
        sendings.put(packet.id(), new Sending(nowMs, Sending.TIMES_MAX));
        repairs.remove(packet.id());
    }

    /** A packet is held no more: what was sent of it, or was to be, is of no use. */
    void forget(CachedPacket packet) {
        sendings.remove(packet.id());
        repairs.remove(packet.id());
    }

    /** @return false when the queue is full, or the packet waits already or was sent not long ago */
    boolean offerRepair(CachedPacket packet, long nowMs) {
        Sending last = sendings.get(packet.id());
        return (last == null || last.mayRepeat(nowMs)) && hasRoom() && repairs.putIfAbsent(packet.id(), packet) == null;
    }

    private boolean hasRoom() {
        return live.size() + repairs.size() < Limits.OUTFLOW_PACKETS_MAX;
    }

    /** The next packet that may leave now, or null. */
    CachedPacket poll(long nowMs) {
        if (isEmpty() || !pace.tryTake(nowMs)) {
            return null;
        }
        CachedPacket packet = live.isEmpty() ? firstRepair() : live.poll();
        Sending last = sendings.remove(packet.id());
        sendings.put(packet.id(), new Sending(nowMs, last == null ? 1 : last.times() + 1));
        return packet;
    }

    private CachedPacket firstRepair() {
        Iterator<CachedPacket> waiting = repairs.values().iterator();
        CachedPacket first = waiting.next();
        waiting.remove();
        return first;
    }

    /** Whether what {@link #poll} gives next is a repair: it is, when nothing live waits. */
    boolean isRepairNext() {
        return live.isEmpty();
    }

    boolean isEmpty() {
        return live.isEmpty() && repairs.isEmpty();
    }

    boolean hasRepairs() {
        return !repairs.isEmpty();
    }

    long waitMs(long nowMs) {
        return pace.waitMs(nowMs);
    }

    /** Whether a timer is set that will look again. */
    boolean isWaiting() {
        return waiting;
    }

    void waiting(boolean set) {
        waiting = set;
    }
}
