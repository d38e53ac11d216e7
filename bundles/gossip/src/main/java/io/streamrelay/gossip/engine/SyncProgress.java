// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

/**
 * Whether reconciling with one peer gets anywhere. Two peers that hold different amounts differ for ever: then they
 * compare ever more rarely.
 */
final class SyncProgress {

    private final long shortestMs;
    private long pauseMs;
    private boolean differs;
    private boolean compared;
    private int useful;
    private int useless;
    private long answeredMs = Long.MIN_VALUE / 2;

    SyncProgress(long shortestMs) {
        this.shortestMs = shortestMs;
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

    /** Another dialogue begins: what came of the last one decides when the next may. */
    void begin() {
        if (useless > useful) {
            pauseMs = Math.min(2 * pauseMs, Timing.SYNC_PAUSE_MAX_MS);
        } else if (useful > 0) {
            pauseMs = shortestMs;
        }
        useful = 0;
        useless = 0;
    }

    /** Whether a dialogue that the peer begins is entered: not, while the last ones came to nothing. */
    boolean mayAnswer(long nowMs) {
        boolean idle = pauseMs > Timing.SYNC_PAUSE_IDLE_MS;
        if (idle && nowMs - answeredMs < pauseMs) {
            return false;
        }
        answeredMs = nowMs;
        return true;
    }

    /** The shortest time between two dialogues, in milliseconds. */
    long pauseMs() {
        return pauseMs;
    }
}
