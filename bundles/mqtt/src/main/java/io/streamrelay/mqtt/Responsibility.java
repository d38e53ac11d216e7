// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which of the bridges on one broker carries a message. Of those that are present, belong to one subcluster and lead
 * the message the same way, it is the one whose key is the lowest.
 *
 * <p>Two things make this hold while bridges come and go. A bridge that is told of comings and goings in the same
 * order as of messages, by its session, decides about each message as the others did at that moment; so it knows
 * which of those that the broker kept for it another has carried meanwhile. And what comes late from the mesh belongs
 * to who was present when it was sent, not to a newcomer that catches up.
 */
final class Responsibility {

    /** How far apart two bridges may see one coming, and how wrong an age may be; in between both publish. */
    static final long MARGIN_MS = 2000;

    /** Three times what bridges let pass before they say again that they are there. Our own choice. */
    static final long SILENCE_MS = 3 * Presence.REPEAT_MS;

    /** How many bridges of one broker are known; more are not believed. Our own choice. */
    static final int BRIDGES_MAX = 256;

    private static final int OWN_STAYS_MAX = 8;
    private static final long EVER = Long.MIN_VALUE;
    private static final long NEVER = Long.MAX_VALUE;

    /** What to do about a message that came out of the mesh. */
    enum Duty {
        PUBLISH,
        /** Another bridge came at about the time it was emitted, and may publish it. */
        PUBLISH_UNLESS_SEEN,
        /** Another bridge publishes it; this one does when the other goes before it has. */
        STAND_BY,
        /** It was, or will be, published by others. */
        LEAVE
    }

    private record Present(Announcement announcement, long sinceMs, long heardMs) {}

    /** A time that this bridge itself was present; until {@link #NEVER} when it still is. */
    private record Stay(long fromMs, long untilMs) {
        boolean holds(long ms) {
            return ms >= fromMs - MARGIN_MS && ms <= (untilMs == NEVER ? NEVER : untilMs + MARGIN_MS);
        }
    }

    private final String self;
    private final Map<String, Present> others = new HashMap<>();
    private final Deque<Stay> ownStays = new ArrayDeque<>();
    private Announcement own;
    private boolean selfPresent;
    private long lostMs = NEVER;

    /**
     * @param self this bridge's key: peer id and name
     * @param own what this bridge does
     */
    Responsibility(String self, Announcement own) {
        this.self = self;
        this.own = own;
    }

    /** Whether no other bridge that is known here has a lower key: it speaks for all where one has to. */
    boolean isFirst() {
        return others.keySet().stream().noneMatch(key -> key.compareTo(self) < 0);
    }

    /** This bridge has other routes now. */
    void own(Announcement announcement) {
        own = announcement;
    }

    /** A bridge announced itself, at this moment of this bridge's clock. */
    void came(String bridge, Announcement announcement, long nowMs) {
        if (!bridge.equals(self)) {
            Present known = others.get(bridge);
            put(bridge, new Present(announcement, known == null ? nowMs : known.sinceMs, nowMs));
            return;
        }
        lostMs = NEVER;
        if (!selfPresent) {
            selfPresent = true;
            ownStays.addLast(new Stay(nowMs, NEVER));
            if (ownStays.size() > OWN_STAYS_MAX) {
                ownStays.removeFirst();
            }
        }
    }

    /** This bridge takes up what it did before a restart, which the broker has not noticed yet. */
    void goesOn(long nowMs) {
        came(self, own, nowMs);
    }

    /** Whether this bridge is there, and takes nothing from the broker that another one may take. */
    boolean isUndisputed() {
        return selfPresent
                && others.values().stream()
                        .noneMatch(other -> other.announcement().disputes(own));
    }

    /** A bridge was there before this one asked. */
    void wasThere(String bridge, Announcement announcement, long nowMs) {
        if (bridge.equals(self)) {
            selfPresent = true;
        } else {
            Present known = others.get(bridge);
            put(bridge, new Present(announcement, known == null ? EVER : known.sinceMs, nowMs));
        }
    }

    private void put(String bridge, Present present) {
        if (others.containsKey(bridge) || others.size() < BRIDGES_MAX) {
            others.put(bridge, present);
        }
    }

    /**
     * Nobody is believed to be there who has not said so for {@link #SILENCE_MS}: a broker that restarts may forget a
     * last will.
     *
     * @return whether somebody was given up
     */
    boolean giveUpSilent(long nowMs) {
        return others.values().removeIf(present -> nowMs - present.heardMs > SILENCE_MS);
    }

    /** After a time without connection, everybody gets the same time again to be heard. */
    void listenAgain(long nowMs) {
        others.replaceAll((bridge, present) -> new Present(present.announcement, present.sinceMs, nowMs));
    }

    /** A bridge said goodbye, or its last will did. */
    void went(String bridge, long nowMs) {
        if (!bridge.equals(self)) {
            others.remove(bridge);
            return;
        }
        selfPresent = false;
        if (!ownStays.isEmpty() && ownStays.getLast().untilMs == NEVER) {
            Stay stay = ownStays.removeLast();
            ownStays.addLast(new Stay(stay.fromMs, Math.min(lostMs, nowMs)));
        }
    }

    /** This bridge's connection has gone. Should others have noticed, its last will comes back later and says so. */
    void lost(long nowMs) {
        lostMs = nowMs;
    }

    /** The broker has forgotten this bridge, so what was known of the others is worth nothing. */
    void forget(long nowMs) {
        others.clear();
        went(self, nowMs);
    }

    /** Whether this bridge sends into the mesh what its broker has just delivered. */
    boolean sends(String localTopic, String meshTopic) {
        List<String> rivals = rivals(bridge -> bridge.leadsOut(localTopic, meshTopic));
        return rivals.isEmpty() || selfPresent && rivals.stream().allMatch(this::isAfterSelf);
    }

    /**
     * What this bridge has to do about a message that came out of the mesh.
     *
     * @param emittedMs when it was emitted, on this bridge's clock
     */
    Duty duty(String meshTopic, String localTopic, long emittedMs) {
        List<String> rivals = rivals(bridge -> bridge.leadsIn(meshTopic, localTopic));
        if (rivals.isEmpty()) {
            return Duty.PUBLISH;
        }
        if (!selfPresent) {
            return Duty.LEAVE;
        }
        if (ownStays.stream().noneMatch(stay -> stay.holds(emittedMs))) {
            boolean witnessed = rivals.stream().anyMatch(bridge -> wasPresent(bridge, emittedMs - MARGIN_MS));
            return !witnessed && isFirst(rivals) ? Duty.PUBLISH : Duty.LEAVE;
        }
        List<String> betters =
                rivals.stream().filter(bridge -> !isAfterSelf(bridge)).toList();
        if (betters.stream().anyMatch(bridge -> wasPresent(bridge, emittedMs - MARGIN_MS))) {
            return Duty.STAND_BY;
        }
        boolean unsure = betters.stream().anyMatch(bridge -> wasPresent(bridge, emittedMs + MARGIN_MS));
        return unsure ? Duty.PUBLISH_UNLESS_SEEN : Duty.PUBLISH;
    }

    private boolean wasPresent(String other, long ms) {
        return others.get(other).sinceMs <= ms;
    }

    /** Nobody was there when it was emitted: it belongs to who came first. */
    private boolean isFirst(List<String> rivals) {
        long since = ownStays.isEmpty() ? EVER : ownStays.getFirst().fromMs;
        return rivals.stream()
                .allMatch(bridge -> others.get(bridge).sinceMs > since
                        || others.get(bridge).sinceMs == since && isAfterSelf(bridge));
    }

    private boolean isAfterSelf(String bridge) {
        return bridge.compareTo(self) > 0;
    }

    private List<String> rivals(Predicate<Announcement> leads) {
        return others.entrySet().stream()
                .filter(entry -> entry.getValue().announcement.isKinOf(own))
                .filter(entry -> leads.test(entry.getValue().announcement))
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
    }

    /** Whether other bridges send all that this one does, so that nothing is lost when it goes. */
    boolean othersSendAll() {
        return own.routes().list().stream()
                .filter(route -> route.direction().leadsOut())
                .allMatch(route -> others.values().stream()
                        .map(Present::announcement)
                        .anyMatch(other -> other.isKinOf(own) && other.routes().sendAsWell(route)));
    }

    /** Whether there are bridges, of any subcluster, that would take a publication of this one for an application's. */
    boolean othersAreBlind(String localTopic) {
        return others.values().stream()
                .map(Present::announcement)
                .anyMatch(other ->
                        !(other.version().carriesProperties() && own.version().carriesProperties())
                                && !other.routes().out(localTopic).isEmpty());
    }
}
