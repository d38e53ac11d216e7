// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

/**
 * Whether reconciling with one peer gets anywhere. Two peers that hold different amounts differ for ever: then they
 * compare ever more rarely.
 */
final class SyncProgress {

    /** How much longer each pause is than the one before while nothing comes of comparing. A guess. */
    private static final int LONGER = 2;

    /** The same while neither holds anything else than when it was compared last: only loss could have hidden something. */
    private static final int MUCH_LONGER = 4;

    private final long shortestMs;
    private final long longestMs;
    private long pauseMs;
    private long ours;
    private long theirs;
    private long oursThen;
    private long theirsThen;
    private boolean begun;
    private boolean settled = true;
    private boolean answered;
    private boolean differs;
    private boolean compared;
    private int useful;
    private int useless;
    private long answeredMs = Long.MIN_VALUE / 2;

    /** @param longestMs while neither holds anything else than when it was compared last */
    SyncProgress(long shortestMs, long longestMs) {
        this.shortestMs = shortestMs;
        this.longestMs = longestMs;
        this.pauseMs = shortestMs;
    }

    /** A packet of the peer's was new, or the peer was sent one for the first or second time. */
    void useful() {
        useful++;
    }

    /** The peer sent what had been let go here, or was sent again what it does not keep. */
    void useless() {
        useless++;
    }

    /** Whether the peer's last word was that it holds other packets, and reconciling has not proved useless. */
    boolean isUnfinished() {
        return differs && pauseMs == shortestMs;
    }

    /** Whether both held the same when they last compared. */
    boolean isInStep() {
        return compared && !differs;
    }

    void differs(boolean other) {
        differs = other;
        compared = true;
    }

    /** The peer lacks a packet and has not said why: it may have got lost. */
    void unsettled() {
        settled = false;
    }

    /** The peer has answered what it was told since the last dialogue began. */
    void answered() {
        answered = true;
    }

    /** The peer has told what it holds: the first bytes of both hashes. */
    void seen(long ourHash, long theirHash) {
        ours = ourHash;
        theirs = theirHash;
    }

    /** Whether both hold what they held when they compared it last, and that came to nothing. */
    boolean isInVain() {
        return isSettled() && pauseMs > Timing.SYNC_PAUSE_IDLE_MS;
    }

    private boolean isSettled() {
        return settled && begun && ours == oursThen && theirs == theirsThen;
    }

    /** Another dialogue begins: what came of the last one decides when the next may. */
    void begin() {
        if (useless > useful) {
            pauseMs = isSettled() && answered
                    ? Math.min(MUCH_LONGER * pauseMs, longestMs)
                    : Math.min(LONGER * pauseMs, Timing.SYNC_PAUSE_MAX_MS);
        } else if (useful > 0) {
            pauseMs = shortestMs;
        }
        if (!isSettled()) {
            pauseMs = shortened();
        }
        begun = true;
        settled = true;
        answered = false;
        oursThen = ours;
        theirsThen = theirs;
        useful = 0;
        useless = 0;
    }

    /** Whether a dialogue that the peer begins is entered: not, while the last ones came to nothing. */
    boolean mayAnswer(long nowMs) {
        boolean idle = pauseMs > Timing.SYNC_PAUSE_IDLE_MS;
        if (idle && nowMs - answeredMs < shortened()) {
            return false;
        }
        answeredMs = nowMs;
        return true;
    }

    /** The shortest time between two dialogues, in milliseconds. */
    long pauseMs() {
        return isSettled() ? pauseMs : shortened();
    }

    private long shortened() {
        return Math.min(pauseMs, Math.max(shortestMs, Timing.SYNC_PAUSE_MAX_MS));
    }
}
