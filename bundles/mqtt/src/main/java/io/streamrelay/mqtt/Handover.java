// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.Arrival;
import io.streamrelay.mqtt.broker.Subscription;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One change of subscriptions that share topics, while messages come. So that none is lost, the new ones are made before
 * the old ones end; in between many brokers send a message once for each, and this tells which copy is the second.
 *
 * <pre>
 *          subscribe            unsubscribe
 * old  ──────────────────────────────┤          ends when all from before the new one has come by it
 * new         ├───────────────────────────────
 *             └── comes by both ─────┘
 * </pre>
 */
final class Handover {

    /** The old subscriptions have nothing more to bring when nothing has come for so long. Our own choice. */
    private static final long QUIET_MS = 500;

    /** After this time they end in any case. Our own choice. */
    private static final long PATIENCE_MS = 10_000;

    /** A broker that does not say what a message came by gets no longer to double some. Our own choice. */
    private static final long PATIENCE_BLIND_MS = 200;

    /** Copies may still come for so long after the old ones have ended. Our own choice. */
    private static final long LATE_MS = 1_000;

    private static final int FINGERPRINTS_MAX = 20_000;

    private final Twins twins;
    private final List<Subscription> leaving;
    private final Set<Integer> oldOnes;
    private final Set<Integer> newOnes;
    /** How many more copies of it have come by the old ones than by the new. */
    private final Map<Fingerprint, Integer> ahead = new HashMap<>();

    private boolean tells;
    private boolean both;
    private boolean ending;
    private long subscribedMs = Long.MAX_VALUE;
    private long lastMs = Long.MIN_VALUE;
    private long endedMs = Long.MAX_VALUE;

    /** @param twins what is known of the broker's way of sending copies */
    Handover(Twins twins, Collection<Subscription> leaving, Collection<Subscription> coming) {
        this.twins = twins;
        this.leaving = List.copyOf(leaving);
        this.oldOnes = leaving.stream().map(Subscription::identifier).collect(Collectors.toSet());
        this.newOnes = coming.stream().map(Subscription::identifier).collect(Collectors.toSet());
    }

    List<Subscription> leaving() {
        return leaving;
    }

    /** The broker has the new ones. */
    void subscribed(long nowMs) {
        subscribedMs = nowMs;
    }

    /** The broker is told to end the old ones. */
    void ending() {
        ending = true;
    }

    /** The broker has ended the old ones. */
    void ended(long nowMs) {
        endedMs = nowMs;
    }

    /** Whether this is another copy of a message that has been, or will be, taken. */
    boolean isSecondCopy(Arrival arrival, long nowMs) {
        Set<Integer> by = arrival.subscriptions();
        boolean byOld = !Collections.disjoint(by, oldOnes);
        boolean byNew = !Collections.disjoint(by, newOnes);
        tells |= !by.isEmpty();
        if (byOld || byNew) {
            lastMs = nowMs;
        }
        if (!byOld && !byNew) {
            return false;
        }
        String topic = arrival.message().topic();
        Fingerprint fingerprint = Fingerprint.of(topic, arrival.message().payload());
        if (byOld && byNew) {
            boolean second = twins.isSecond(fingerprint, nowMs);
            both |= second;
            return second;
        }
        if (twins.isLast(fingerprint, nowMs)) {
            return true;
        }
        if (arrival.message().retained() && !ending) {
            // It may be what the broker tells again, which did not come by the old ones now but long ago.
            return byNew && leaving.stream().anyMatch(old -> TopicFilter.matches(old.filter(), topic));
        }
        return isSecondCopy(fingerprint, byOld, nowMs);
    }

    private boolean isSecondCopy(Fingerprint fingerprint, boolean byOld, long nowMs) {
        int before = ahead.getOrDefault(fingerprint, 0);
        // Before the broker has the new ones there is one copy of everything.
        if (byOld && before == 0 && subscribedMs > nowMs || ahead.size() == FINGERPRINTS_MAX && before == 0) {
            return false;
        }
        ahead.put(fingerprint, before + (byOld ? 1 : -1));
        boolean second = byOld ? before < 0 : before > 0;
        both |= second;
        return second;
    }

    /** Whether all from before the new ones has come by the old ones, so that they may end. */
    boolean mayEnd(long nowMs) {
        if (subscribedMs > nowMs) {
            return false;
        }
        boolean quiet = nowMs - Math.max(subscribedMs, lastMs) >= QUIET_MS;
        long waited = nowMs - subscribedMs;
        return both || quiet || waited >= (tells ? PATIENCE_MS : PATIENCE_BLIND_MS);
    }

    boolean isOver(long nowMs) {
        return endedMs <= nowMs && nowMs - endedMs >= LATE_MS;
    }
}
