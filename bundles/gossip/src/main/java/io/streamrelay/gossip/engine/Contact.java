// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import java.util.LinkedHashSet;
import java.util.Set;

/** An address that this node is trying to connect to. */
final class Contact {

    /** Why it is tried, which says for how long, and how many may be tried at once. */
    enum Reason {
        /** The configuration names it: for ever. */
        CONFIGURED(32, Integer.MAX_VALUE),
        /** A peer was there: until others that were known wait for their turn. */
        KNOWN(16, 8),
        /** It is on one of this host's networks: some tries, for whoever is there is told of again. */
        NEARBY(16, 4),
        /** Somebody told of it, or pinged from there: within some seconds, and within its credit. */
        HEARD_OF(16, 4),
        /** From there comes what peers alone send: within its credit; all of them get 14 pings a second at the most. */
        STRAY(16, 3),
        /** A peer that both know has brought this node together with it: the reference's three pings. */
        INTRODUCED(32, 3);

        private final int contactsMax;
        private final int attemptsMax;

        Reason(int contactsMax, int attemptsMax) {
            this.contactsMax = contactsMax;
            this.attemptsMax = attemptsMax;
        }

        int contactsMax() {
            return contactsMax;
        }
    }

    private final Path path;
    private final Id expected;
    private final Reason reason;
    private final String pingId;
    private int attempts;
    private int doublings;
    private final Set<Id> subclusters = new LinkedHashSet<>();
    private long attemptedMs;
    private long dueMs;
    private boolean reflecting;
    private boolean withheld;
    private int recalls;
    private boolean forgotten;
    private Id cluster;
    private String asksWith;
    private long eagerUntilMs = Long.MIN_VALUE;

    /**
     * @param expected the only peer that may answer, or null for any
     * @param pingId what the answer has to repeat: nobody who has not got our ping can know it
     */
    Contact(Path path, Id expected, Reason reason, String pingId) {
        this.path = path;
        this.expected = expected;
        this.reason = reason;
        this.pingId = pingId;
    }

    /** Which of our sockets it is tried from, and where it is. */
    Path path() {
        return path;
    }

    Endpoint endpoint() {
        return path.remote();
    }

    Id expected() {
        return expected;
    }

    Reason reason() {
        return reason;
    }

    /** The cluster that its pings name, or null. */
    Id cluster() {
        return cluster;
    }

    void cluster(Id said) {
        cluster = said;
    }

    String pingId() {
        return pingId;
    }

    /** What its pings have asked this node with, or null. */
    String asksWith() {
        return asksWith;
    }

    void asksWith(String itsPingId) {
        asksWith = itsPingId;
    }

    /** Whether it has had its tries. */
    boolean isExhausted(long nowMs) {
        return attempts >= reason.attemptsMax && nowMs >= eagerUntilMs;
    }

    /** Packets wait for who was there: until then it is tried often. */
    void eagerUntil(long untilMs) {
        eagerUntilMs = untilMs;
    }

    /** Whether what is out asks for our own address, not yet for a connection. */
    boolean isReflecting() {
        return reflecting;
    }

    /** Whether this is the time of the latest attempt's deadline, not of one that was overtaken. */
    boolean isDue(long nowMs) {
        return nowMs - dueMs >= 0;
    }

    /** An attempt was made; the next is due then. */
    void attempted(long nowMs, long nextMs) {
        attemptedMs = nowMs;
        dueMs = nextMs;
    }

    /** A ping from there named a subcluster that its sender takes part in. */
    void joined(Id subcluster) {
        if (subcluster != null && subclusters.size() < Limits.PEER_SUBCLUSTERS_MAX) {
            subclusters.add(subcluster);
        }
    }

    Set<Id> subclusters() {
        return subclusters;
    }

    /** Somebody is there: what gets lost from now on is tried again as soon as on the first day. */
    void alive() {
        doublings = 0;
    }

    /** Has the next attempt made then, unless it is due sooner; whether that is news. */
    boolean dueBy(long nextMs) {
        boolean sooner = nextMs - dueMs < 0;
        if (sooner) {
            dueMs = nextMs;
        }
        return sooner;
    }

    /** Whether the last attempt is so long ago that another one may be made that was not planned. */
    boolean mayHurry(long pauseMs, long nowMs) {
        return nowMs - attemptedMs >= pauseMs;
    }

    /**
     * Counts an attempt and tells how long to wait for its answer: 0.5 s, 1 s, 2 s, … up to the longest pause.
     *
     * @param wanted whether peers are looked for: else who was there is asked for ever more rarely
     */
    long attempt(boolean wanted, long nowMs) {
        if (nowMs < eagerUntilMs) {
            return isRecalling() && !forgotten ? Timing.EAGER_RECALL_PAUSE_MS : Timing.EAGER_PAUSE_MS;
        }
        long pause = Timing.CONTACT_RETRY_MS << doublings;
        doublings = Math.min(doublings + 1, 10);
        attempts = Math.min(attempts + 1, Integer.MAX_VALUE - 1);
        boolean rests = !wanted && reason == Reason.KNOWN && attempts >= Limits.CONTACTS_BRISK;
        return Math.min(pause, rests ? Timing.RECALL_PAUSE_MAX_MS : Timing.CONTACT_PAUSE_MAX_MS);
    }

    /** A ping has left, or there was no credit for it. */
    void pinged(boolean asksForReflection, boolean hasLeft) {
        reflecting = asksForReflection;
        withheld = !hasLeft;
    }

    /**
     * A pulse asks for who was there.
     *
     * @return whether that is enough: now and then a ping goes with it, which says more, and is twenty times as long
     */
    boolean recalls() {
        boolean lasts = reason == Reason.KNOWN || reason == Reason.CONFIGURED;
        boolean enough = recalls % Limits.RECALLS_IN_A_ROW != (lasts ? Limits.RECALLS_AT_FIRST : 1);
        recalls++;
        reflecting = false;
        withheld = false;
        return enough;
    }

    /** Who is there does not know this node any more. */
    void forgotten() {
        forgotten = true;
    }

    boolean isForgotten() {
        return forgotten;
    }

    /** Whether it may go on being asked for: about a day, and not by pings. */
    boolean mayBeRecalled() {
        return !forgotten && attempts < Limits.RECALLS_MAX;
    }

    /** Whether a pulse has asked for who was there. */
    boolean isRecalling() {
        return recalls > 0;
    }

    /** Whether its ping waits for credit. */
    boolean isWithheld() {
        return withheld;
    }
}
