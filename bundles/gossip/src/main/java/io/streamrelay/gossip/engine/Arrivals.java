// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

/** Which publications have come from one of our own nodes of late, what they have taught, and whether it has more. */
final class Arrivals {

    private final Landed landed = new Landed();
    private final Vocabulary vocabulary = new Vocabulary();
    private long moreUntilMs = Long.MIN_VALUE;
    private long lastMs = Long.MIN_VALUE / 2;
    private long forgottenMs = Long.MIN_VALUE / 2;
    private boolean begunSaid;
    private boolean begunHeard;

    void came(boolean more, long nowMs) {
        lastMs = nowMs;
        moreUntilMs = more ? nowMs + Timing.MORE_MS : Long.MIN_VALUE;
    }

    /** What it may name to this node. */
    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Whether it may not know yet that this node has started since it sent anything. */
    boolean isBegunUnheard() {
        return !begunHeard;
    }

    /** It has answered what was said to it since the start of this node. */
    void begunHeard() {
        begunHeard |= begunSaid;
    }

    /** It is told that this node has started. */
    void begunSaid() {
        begunSaid = true;
    }

    /** Whether it is told that names were not understood: once a second. */
    boolean mayTellForgotten(long nowMs) {
        boolean may = nowMs - forgottenMs >= Timing.FORGOTTEN_MS;
        forgottenMs = may ? nowMs : forgottenMs;
        return may;
    }

    /** When the last one came. */
    long lastMs() {
        return lastMs;
    }

    /** It may have more, of which nothing is known yet. */
    void expectMore(long nowMs) {
        moreUntilMs = nowMs + Timing.MORE_MS;
    }

    /** Which of them receipts name. */
    Landed landed() {
        return landed;
    }

    /** It has said that more waits to leave, not long ago: what lacks is on its way. */
    boolean expectsMore(long nowMs) {
        return nowMs < moreUntilMs;
    }
}
