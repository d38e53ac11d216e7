// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

/** When a packet was last sent to a peer, how often, and how often again at once because it had got lost. */
final class Sending {

    static final int TIMES_MAX = 13;

    /** Kin says what it will not keep: what it only lacks got lost, however often it was sent. A guess: 4 s apart. */
    static final int TIMES_KIN = 5;

    /** It has said that it holds it, or has had it: it is not asked for two hours whether it has lost it. A guess. */
    static final int TIMES_THERE = 16;

    final long atMs;
    final int times;
    final int losses;
    final boolean isRepair;
    final boolean waits;
    boolean came;
    /** Whether it left as backlog, at the rate that this has. */
    boolean ofBacklog;

    Sending(long atMs, int times, int losses, boolean isRepair, boolean waits, boolean came) {
        this.atMs = atMs;
        this.times = times;
        this.losses = losses;
        this.isRepair = isRepair;
        this.waits = waits;
        this.came = came;
    }

    /** Whether it has left more than once. */
    boolean wentAgain() {
        return times + losses > 1;
    }

    /** Who lacks it has perhaps never had it, or has lost it. */
    Sending anew() {
        Sending anew = new Sending(atMs, 1, losses, isRepair, waits, came || times >= TIMES_MAX);
        anew.ofBacklog = ofBacklog;
        return anew;
    }

    /** Whether the peer has said that it came, or need not come. */
    boolean isOver() {
        return !waits && (came || times >= TIMES_MAX);
    }

    /** What is refused again and again is wanted again and again. */
    Sending lost() {
        return new Sending(atMs, times >= TIMES_MAX ? 1 : times, 0, isRepair, false, false);
    }

    Sending waiting() {
        return new Sending(atMs, times, losses, isRepair, true, came);
    }

    /** A peer that still lacks it may have lost it; one that has let it go must not be sent it for ever. */
    boolean mayRepeat(long onTheWayMs, long nowMs) {
        long pauseMs = Math.max(Timing.IN_FLIGHT_MS << times - 1, onTheWayMs << Math.min(times, TIMES_KIN) - 1);
        return !waits && nowMs - atMs >= pauseMs;
    }
}
