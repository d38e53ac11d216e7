// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a peer had no room for, or carries nothing of, and when one of it is tried again, to see whether it has room now. Of
 * each cluster by itself: who carries nothing of one for good may have room again for another.
 */
final class Declined {

    /** Clusters of which it is remembered when they were tried. A guess. */
    private static final int CLUSTERS_MAX = 64;

    private static final class Trial {
        private long declinedMs = Long.MIN_VALUE / 2;
        private long triedMs = Long.MIN_VALUE / 2;
        private Id tried;

        /** Whether the peer has got what was tried, and has not declined that. */
        private boolean succeeded(Predicate<Id> hasCome) {
            return tried != null && triedMs > declinedMs && hasCome.test(tried);
        }
    }

    private final Map<Id, CachedPacket> packets = new LinkedHashMap<>();
    private final BoundedMap<Id, Trial> trials = new BoundedMap<>(CLUSTERS_MAX);

    void add(CachedPacket packet, long nowMs) {
        packets.put(packet.id(), packet);
        trial(packet).declinedMs = nowMs;
    }

    private Trial trial(CachedPacket packet) {
        Trial trial = trials.get(packet.cluster());
        if (trial == null) {
            trial = new Trial();
            trials.put(packet.cluster(), trial);
        }
        return trial;
    }

    void remove(Id packet) {
        packets.remove(packet);
    }

    void clear() {
        packets.clear();
    }

    boolean contains(Id packet) {
        return packets.containsKey(packet);
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    /** Whether the peer may have room again for such a packet. */
    boolean mayTry(CachedPacket packet, Predicate<Id> hasCome, long nowMs) {
        Trial trial = trial(packet);
        return trial.succeeded(hasCome) || nowMs - Math.max(trial.declinedMs, trial.triedMs) >= Timing.DECLINED_MS;
    }

    /** One is sent, which the peer does not decline when it has room. */
    void tries(CachedPacket packet, Predicate<Id> hasCome, long nowMs) {
        Trial trial = trial(packet);
        if (!trial.succeeded(hasCome)) {
            trial.tried = packet.id();
            trial.triedMs = nowMs;
        }
    }

    /** Whether this one is what shows whether there is room. */
    boolean isTrial(CachedPacket packet) {
        Trial trial = trials.get(packet.cluster());
        return trial != null && packet.id().equals(trial.tried);
    }

    /** What belongs to a subcluster is declined no more; in the order in which it came here. */
    List<CachedPacket> take(Id subcluster) {
        List<CachedPacket> taken = packets.values().stream()
                .filter(packet -> packet.subcluster().equals(subcluster))
                .sorted(Comparator.comparingLong(CachedPacket::sequence))
                .toList();
        taken.forEach(packet -> packets.remove(packet.id()));
        return taken;
    }
}
