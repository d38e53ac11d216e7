// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Receipt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Which publications have come from one of our own nodes of late, what they have taught, and whether it has more. */
final class Arrivals {

    private final Deque<Id> ids = new ArrayDeque<>();
    private final Vocabulary vocabulary = new Vocabulary();
    private boolean cut;
    private long moreUntilMs = Long.MIN_VALUE;
    private long lastMs = Long.MIN_VALUE / 2;
    private long forgottenMs = Long.MIN_VALUE / 2;
    private boolean begunSaid;
    private boolean begunHeard;

    void came(Id id, boolean more, long nowMs) {
        lastMs = nowMs;
        ids.remove(id);
        ids.add(id);
        if (ids.size() > Receipt.NAMES_MAX) {
            ids.poll();
            cut = true;
        }
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

    /** Whether more have come than are remembered. */
    boolean isCut() {
        return cut;
    }

    /** The newest last. */
    List<Id> ids() {
        return new ArrayList<>(ids);
    }

    /** It has said that more waits to leave, not long ago: what lacks is on its way. */
    boolean expectsMore(long nowMs) {
        return nowMs < moreUntilMs;
    }
}
