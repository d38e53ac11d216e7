// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;

/**
 * From which one of our own nodes this node takes what it lacks. When two parts of a mesh meet, many neighbours hold
 * the same that it lacks: each of them would send all of it.
 */
final class CatchUp {

    /** A guess: as many as a line loses by chance between two looks. */
    private static final int FEW = 2;

    private final Turn turn;
    private final PeerTable peers;
    private Peer source;
    private long beganMs;
    private long untilMs;
    private boolean answered;
    private int came;
    private boolean hasMore;

    CatchUp(Turn turn, PeerTable peers) {
        this.turn = turn;
        this.peers = peers;
    }

    /** Whether a peer may send what lacks here: not while another does. Reference peers do not ask. */
    boolean mayTakeFrom(Peer peer) {
        return !peer.kin() || peer == source || isOver() || bringsLittle();
    }

    /** Who is of the same part of a mesh lacks the same: another may have it. */
    private boolean bringsLittle() {
        return came < FEW && !hasMore && turn.nowMs() - beganMs >= answerMs(source);
    }

    boolean takesAlready(Peer peer) {
        return peer == source && !isOver();
    }

    /** A peer is told what is held here, so that it sends what lacks. */
    void takesFrom(Peer peer) {
        if (!peer.kin()) {
            return;
        }
        if (peer == source && isOver() && turn.nowMs() - beganMs < 2 * Timing.CATCH_UP_MS) {
            // It has had its turn: others may join.
            return;
        }
        if (peer != source || isOver()) {
            source = peer;
            beganMs = turn.nowMs();
            answered = false;
            came = 0;
            hasMore = false;
        }
        untilMs = turn.nowMs() + patienceMs();
    }

    /** Whether what comes from there is most likely on its way to others from others, too. */
    boolean isOneOfMany(Endpoint from) {
        return came >= FEW && !isOver() && source.endpoint().equals(from);
    }

    /** Whether what has waited for this node at a peer has not come from others yet, as far as can be seen. */
    boolean isFirstToBring(Peer peer) {
        return peer.kin()
                && peers.all().stream()
                        .noneMatch(other -> other != peer
                                && other.kin()
                                && turn.nowMs() - other.arrivals().lastMs() < Timing.BROUGHT_MS);
    }

    /** Whether a peer has heard that it is to send what lacks. */
    boolean isAnsweredBy(Peer peer) {
        return takesAlready(peer) && answered;
    }

    /** Whether a peer may not have heard that it is to send what lacks. */
    boolean isUnanswered(Peer peer) {
        return peer == source && !answered && turn.nowMs() - beganMs < Timing.CATCH_UP_MS;
    }

    /** A peer has told what it holds. */
    void heard(Peer peer) {
        answered |= peer == source;
    }

    /**
     * A packet has come from a peer.
     *
     * @param isRepair whether to mend a gap
     * @param more whether more waits there
     */
    void came(Peer peer, boolean isRepair, boolean more) {
        if (peer == source) {
            answered = true;
            came += isRepair ? 1 : 0;
            hasMore = more;
            untilMs = turn.nowMs() + (more ? Timing.MORE_MS : patienceMs());
        }
    }

    /** A peer holds what is held here. */
    void agrees(Peer peer) {
        if (peer == source) {
            source = null;
        }
    }

    /** How long a peer is given to answer. */
    long answerMs(Peer peer) {
        long roundTripMs = peer.roundTripMs() < 0 ? Timing.ANSWER_FIRST_MS : peer.roundTripMs();
        return Math.max(Timing.ASK_PAUSE_MS, roundTripMs + roundTripMs / 2);
    }

    private long patienceMs() {
        Line line = source.outflow().line();
        return line == null ? Timing.RECEIPT_TIMEOUT_FIRST_MS : line.timeoutMs();
    }

    /** It may have been cut, or be so slow that another is faster. */
    private boolean isOver() {
        return source == null
                || !peers.contains(source)
                || turn.nowMs() >= untilMs
                || turn.nowMs() - beganMs >= Timing.CATCH_UP_MS;
    }
}
