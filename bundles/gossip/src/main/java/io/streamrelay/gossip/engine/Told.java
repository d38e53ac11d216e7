// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** What one of our own nodes has been told of this one, and whether it has to be told again. */
final class Told {

    /** A clock that has moved less than this is told as the same; guesses of ages are no better. */
    private static final long CLOCK_MS = 1_000;

    private Integer natType;
    private Set<Id> subscriptions = new LinkedHashSet<>();
    private long clockMs;
    private long knownMs = Long.MIN_VALUE;
    private boolean hasLess;
    private long sinceMs = Long.MIN_VALUE;
    private long toldMs;

    /**
     * Whether all of this was told while the other was there, and nothing of it has changed; that is asked changes nothing.
     * Nobody is told what this node does not take part in any more: who has heard of that is to meet it anew.
     *
     * @param nat this node's NAT type on the wire, or null
     * @param wallMs what its clock shows at {@code nowMs}
     * @param heardMs when the other was heard last
     * @param answeredMs when it last answered a ping
     */
    boolean isKnown(Integer nat, Set<Id> subclusters, long wallMs, long nowMs, long heardMs, long answeredMs) {
        return knownMs != Long.MIN_VALUE
                && !hasLess
                && answeredMs >= knownMs
                && heardMs - knownMs >= Timing.TOLD_MS
                && !isNews(nat, subclusters, wallMs - nowMs);
    }

    private boolean isNews(Integer nat, Set<Id> subclusters, long clock) {
        return Math.abs(clock - clockMs) > CLOCK_MS
                || !Objects.equals(natType, nat)
                || !subscriptions.equals(subclusters);
    }

    /** All of this is told in another way than by a ping, which is to say it all the same. */
    void tell(Integer nat, Set<Id> subclusters, long wallMs, long nowMs) {
        if (knownMs == Long.MIN_VALUE || isNews(nat, subclusters, wallMs - nowMs)) {
            hasLess |= !subclusters.containsAll(subscriptions);
            natType = nat;
            subscriptions = new LinkedHashSet<>(subclusters);
            clockMs = wallMs - nowMs;
            knownMs = nowMs;
            sinceMs = Long.MIN_VALUE;
        }
    }

    /**
     * Whether a ping that is about to leave has to tell this: it may not be known yet. What has just changed is told twice
     * at once, for one may get lost, and then ever more rarely, but in each heartbeat.
     *
     * @param nat this node's NAT type on the wire, or null
     * @param wallMs what its clock shows at {@code nowMs}
     */
    boolean isDue(Integer nat, Set<Id> subclusters, long wallMs, long nowMs) {
        tell(nat, subclusters, wallMs, nowMs);
        if (sinceMs == Long.MIN_VALUE) {
            sinceMs = nowMs;
            toldMs = nowMs;
            return true;
        }
        boolean due = nowMs - sinceMs < Timing.TELLING_MS
                && nowMs - toldMs >= Math.min(toldMs - sinceMs, Timing.TELL_PAUSE_MAX_MS);
        toldMs = due ? nowMs : toldMs;
        return due;
    }
}
