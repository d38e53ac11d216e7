// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.TopicFilter;
import io.streamrelay.mqtt.broker.Arrival;
import io.streamrelay.mqtt.broker.Fingerprint;
import io.streamrelay.mqtt.broker.Subscription;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
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

    /** An old one that brings nothing that a new one would bring ends after so long. Our own choice. */
    private static final long PATIENCE_MS = 10_000;

    /** A broker that does not say what a message came by gets no longer to double some. Our own choice. */
    private static final long PATIENCE_BLIND_MS = 200;

    /** Copies may still come for so long after the old ones have ended. */
    private static final long LATE_MS = Twins.APART_MS;

    private static final int FINGERPRINTS_MAX = 20_000;

    /** Whether a topic may say the same again within so many milliseconds. */
    interface Habits {
        boolean mayRepeat(String topic, long withinMs);
    }

    /** How many more copies have come by the old ones than by the new, and when the last of them did. */
    private record Lead(int copies, long ms) {

        private boolean isMissing(long nowMs) {
            return copies != 0 && nowMs - ms <= Twins.TOGETHER_MS;
        }
    }

    private final long begunMs;
    private final Twins twins;
    private final Habits habits;
    private List<Subscription> leaving;
    private List<Subscription> coming;
    private Set<Integer> oldOnes;
    private Set<Integer> newOnes;
    private final Map<Fingerprint, Lead> ahead = new HashMap<>();
    /** What came while the broker made or ended a subscription, and may have said less than the truth. */
    private final Map<Fingerprint, Long> unclear = new HashMap<>();
    /** When something came that is also a new one's, by old filter; {@link Long#MAX_VALUE} when it came by both. */
    private final Map<String, Long> sharedMs = new HashMap<>();

    private boolean tells;
    private boolean namesOne;
    private boolean ending;
    private long subscribedMs = Long.MAX_VALUE;
    private long lastMs = Long.MIN_VALUE;
    private long endingMs = Long.MAX_VALUE;
    private long endedMs = Long.MAX_VALUE;

    /**
     * @param begunMs now
     * @param twins what is known of the broker's way of sending copies
     * @param habits what is known of the topics
     * @param coming all that are wanted
     */
    Handover(
            long begunMs,
            Twins twins,
            Habits habits,
            Collection<Subscription> leaving,
            Collection<Subscription> coming) {
        this.begunMs = begunMs;
        this.twins = twins;
        this.habits = habits;
        changeOver(List.copyOf(leaving), List.copyOf(coming));
    }

    private void changeOver(List<Subscription> from, List<Subscription> to) {
        leaving = from;
        coming = to;
        oldOnes = from.stream().map(Subscription::identifier).collect(Collectors.toSet());
        newOnes = to.stream().map(Subscription::identifier).collect(Collectors.toSet());
    }

    /** Another change was under way when this one began: what it could not tell yet this one has to. */
    void follows(Handover before) {
        unclear.putAll(before.unclear);
    }

    List<Subscription> leaving() {
        return leaving;
    }

    /** The broker has the new ones. */
    void subscribed(long nowMs) {
        subscribedMs = nowMs;
    }

    /** The broker is told to end the old ones. */
    void ending(long nowMs) {
        ending = true;
        endingMs = nowMs;
    }

    /** Whether the broker has both, the old ones and the new. */
    boolean canTurnBack() {
        return subscribedMs != Long.MAX_VALUE && !ending;
    }

    /** The old ones shall stay, and the new ones end. */
    void turnBack(long nowMs) {
        changeOver(coming, leaving);
        ahead.replaceAll((fingerprint, lead) -> new Lead(-lead.copies(), lead.ms()));
        sharedMs.clear();
        subscribedMs = nowMs;
    }

    /** Since when the broker owes an answer; {@link Long#MAX_VALUE} when it owes none. */
    long unansweredSinceMs() {
        if (subscribedMs == Long.MAX_VALUE) {
            return begunMs;
        }
        return endedMs == Long.MAX_VALUE ? endingMs : Long.MAX_VALUE;
    }

    /** The broker has ended the old ones. */
    void ended(long nowMs) {
        endedMs = nowMs;
    }

    /** Whether this is another copy of a message that has been, or will be, taken. */
    boolean isSecondCopy(Arrival arrival, long nowMs) {
        String topic = arrival.message().topic();
        Set<Integer> by = arrival.subscriptions();
        boolean byOld = !Collections.disjoint(by, oldOnes);
        boolean byNew = !Collections.disjoint(by, newOnes);
        tells |= !by.isEmpty();
        lastMs = nowMs;
        if (matches(coming, topic)) {
            note(topic, nowMs);
        }
        if (!byOld && !byNew) {
            return false;
        }
        if (arrival.message().retained() && !ending) {
            // It may be what the broker tells again, which did not come by the old ones now but long ago.
            return byNew && matches(leaving, topic) && !byOld;
        }
        namesOne |= byNew && !byOld && !ending;
        Fingerprint fingerprint = Fingerprint.of(topic, arrival.message().payload());
        LongPredicate mayRepeat = withinMs -> habits.mayRepeat(topic, withinMs);
        boolean second = byOld && byNew
                ? isUnclearOnesTwin(fingerprint, mayRepeat, nowMs)
                        || twins.isSecond(fingerprint, by.size(), mayRepeat, nowMs)
                : twins.isLast(fingerprint, mayRepeat, nowMs)
                        || isUnclearOnesTwin(fingerprint, mayRepeat, nowMs)
                        || matches(byOld ? coming : leaving, topic) && isSecondCopy(fingerprint, byOld, nowMs);
        if (second) {
            note(topic, Long.MAX_VALUE);
        } else if (isChanging(nowMs) && !(byOld && byNew) && unclear.size() < FINGERPRINTS_MAX) {
            unclear.put(fingerprint, nowMs);
        }
        return second;
    }

    /**
     * Whether this is the other copy of a message that came while the broker made or ended a subscription. Artemis 2.43
     * sends two copies a moment before it names the new one, and a moment after it has ceased to name the old one. They
     * are told by what they say alone, where the topic does not repeat itself.
     */
    private boolean isUnclearOnesTwin(Fingerprint fingerprint, LongPredicate mayRepeat, long nowMs) {
        Long first = unclear.remove(fingerprint);
        boolean isTwin = first != null
                && nowMs - first <= apartMs()
                && (!namesOne || twins.areSure())
                && !twins.areRare()
                && !mayRepeat.test(nowMs - first);
        if (isTwin) {
            // Both have come: neither subscription is ahead.
            ahead.remove(fingerprint);
            twins.seen(fingerprint, nowMs);
        }
        return isTwin;
    }

    /** Until a while after the broker's answers, which may overtake messages on their way here. */
    private boolean isChanging(long nowMs) {
        return ending ? endedMs > nowMs - Twins.TOGETHER_MS : subscribedMs > nowMs - Twins.TOGETHER_MS;
    }

    /** How far apart the copies of one message may come. */
    private long apartMs() {
        return twins.areSure() ? Twins.APART_MS : Twins.TOGETHER_MS;
    }

    private static boolean matches(Collection<Subscription> subscriptions, String topic) {
        return subscriptions.stream().anyMatch(each -> TopicFilter.matches(each.filter(), topic));
    }

    private void note(String topic, long ms) {
        for (Subscription old : leaving) {
            if (TopicFilter.matches(old.filter(), topic)) {
                sharedMs.merge(old.filter(), ms, Math::max);
            }
        }
    }

    private boolean isSecondCopy(Fingerprint fingerprint, boolean byOld, long nowMs) {
        Lead lead = ahead.get(fingerprint);
        int before = lead == null || !lead.isMissing(nowMs) ? 0 : lead.copies();
        // Before the broker has the new ones there is one copy of everything.
        if (byOld && before == 0 && subscribedMs > nowMs || lead == null && ahead.size() == FINGERPRINTS_MAX) {
            return false;
        }
        ahead.put(fingerprint, new Lead(before + (byOld ? 1 : -1), nowMs));
        return byOld ? before < 0 : before > 0;
    }

    /**
     * Whether all from before the new ones has come by the old ones, so that they may end, and are not ending yet: some brokers throw away what
     * waits for them.
     *
     * @param idle whether the mesh has all that has come
     */
    boolean mayEnd(boolean idle, long nowMs) {
        if (ending || subscribedMs > nowMs) {
            return false;
        }
        long waited = nowMs - subscribedMs;
        boolean quiet = nowMs - Math.max(subscribedMs, lastMs) >= QUIET_MS;
        boolean blind = !tells && waited >= PATIENCE_BLIND_MS;
        return idle && (quiet || blind) || twins.areRare() || leaving.stream().allMatch(old -> hasCaughtUp(old, nowMs));
    }

    private boolean hasCaughtUp(Subscription old, long nowMs) {
        long shared = sharedMs.getOrDefault(old.filter(), subscribedMs);
        return shared == Long.MAX_VALUE || nowMs - Math.max(subscribedMs, shared) >= PATIENCE_MS;
    }

    /** Whether the broker has ended the old ones, and no copies are missing that may still come. */
    boolean hasSettled(long nowMs) {
        return endedMs != Long.MAX_VALUE && ahead.values().stream().noneMatch(lead -> lead.isMissing(nowMs));
    }

    boolean isOver(long nowMs) {
        return endedMs <= nowMs && nowMs - endedMs >= LATE_MS;
    }
}
