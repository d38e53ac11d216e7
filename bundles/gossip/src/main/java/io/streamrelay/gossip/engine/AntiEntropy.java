// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.gossip.packet.Pulse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides when to reconcile: with every new peer, and whenever a ping or pong tells that a peer holds other packets.
 * After packets have come in, or a difference was found, a few kin are asked soon, then ever later; while nothing
 * happens the heartbeat is enough.
 */
final class AntiEntropy {

    private static final int ASKED_AT_ONCE = 2;

    private final Turn turn;
    private final PeerTable peers;
    private final PacketCache cache;
    private final Liveness liveness;
    private final SyncDialogue dialogue;
    private final CatchUp catchUp;
    private final Gossip gossip;
    private long checkPauseMs = Timing.SUMMARY_CHECK_MS;
    private boolean checkScheduled;
    private long changesSeen;
    private CachedPacket newest;
    private Endpoint newestFrom;

    AntiEntropy(
            Turn turn,
            PeerTable peers,
            PacketCache cache,
            Liveness liveness,
            SyncDialogue dialogue,
            CatchUp catchUp,
            Gossip gossip) {
        this.gossip = gossip;
        this.catchUp = catchUp;
        this.turn = turn;
        this.peers = peers;
        this.cache = cache;
        this.liveness = liveness;
        this.dialogue = dialogue;
    }

    /** A peer hears from now on what it is told. */
    void listedBy(Peer peer) {
        if (catchUp.isUnanswered(peer)) {
            gossip.resume(peer);
        }
    }

    /** A peer did not know this node when it was first told what is held here. Later it is told again anyway. */
    void challengedBy(Peer peer) {
        boolean isNew = turn.nowMs() - peer.upMs() < Timing.ANSWER_FIRST_MS;
        if (isNew && catchUp.isUnanswered(peer) && !gossip.resume(peer)) {
            dialogue.begin(peer);
        }
    }

    /** A peer has had the time to send what lacks, or another has: then it is asked what it holds. */
    void catchUpDue(Peer peer) {
        if (catchUp.isUnanswered(peer)) {
            meet(peer);
        } else if (!peers.contains(peer)
                || catchUp.takesAlready(peer)
                || !peer.progress().isUnfinished()) {
            return;
        } else if (catchUp.mayTakeFrom(peer)) {
            liveness.ping(peer);
        } else {
            turn.schedule(Timer.CATCH_UP, peer, turn.jittered(Timing.ANSWER_FIRST_MS));
        }
    }

    /** A peer has come, or may send again what lacks here. */
    void meet(Peer peer) {
        if (cache.isBehind()) {
            return;
        }
        if (catchUp.mayTakeFrom(peer)) {
            catchUp.takesFrom(peer);
            if (!gossip.resume(peer)) {
                dialogue.begin(peer);
            }
            turn.schedule(Timer.CATCH_UP, peer, catchUp.answerMs(peer));
        } else {
            peer.progress().differs(true);
            turn.schedule(Timer.CATCH_UP, peer, turn.jittered(Timing.ANSWER_FIRST_MS));
        }
    }

    void packetHeld(CachedPacket packet, Endpoint from) {
        newest = packet;
        newestFrom = from;
        checkPauseMs = Timing.SUMMARY_CHECK_MS;
        scheduleCheck();
    }

    private void scheduleCheck() {
        if (!checkScheduled) {
            checkScheduled = true;
            turn.schedule(Timer.SUMMARY_CHECK, null, turn.jittered(checkPauseMs));
        }
    }

    void checkDue() {
        checkScheduled = false;
        List<Peer> asked = new ArrayList<>(kin(1, peer -> peer.progress().isUnfinished()));
        // Where a reconciliation got lost the next comes sooner than where there is nothing to find.
        checkPauseMs += asked.isEmpty() ? checkPauseMs : checkPauseMs / 4;
        asked.addAll(kin(ASKED_AT_ONCE - asked.size(), peer -> !asked.contains(peer) && !mayHoldNewest(peer)));
        asked.addAll(kin(ASKED_AT_ONCE - asked.size(), peer -> !asked.contains(peer)));
        asked.forEach(liveness::ping);
        if (checkPauseMs <= Timing.SUMMARY_CHECK_MAX_MS) {
            scheduleCheck();
        }
    }

    private List<Peer> kin(int count, Predicate<Peer> test) {
        return peers.sample(count, peer -> peer.kin() && !isPassing(peer) && test.test(peer), turn.random());
    }

    /** What is already on its way to a peer, or from it, would be found missing again. */
    private boolean isPassing(Peer peer) {
        boolean waits = peer.outflow().isHeldSince(turn.nowMs() - Timing.CATCH_UP_MS);
        boolean passing = peer.outflow().isBusy() && !waits || peer.arrivals().expectsMore(turn.nowMs());
        return passing && turn.nowMs() - Math.max(peer.syncedMs(), peer.upMs()) < Timing.PASSING_MAX_MS;
    }

    private boolean mayHoldNewest(Peer peer) {
        return newest == null
                || peer.endpoint().equals(newestFrom)
                || peer.outflow().wasSent(newest);
    }

    /** A known difference is looked at again soon; ever later, but not given up, while nothing changes. */
    private void checkAgain() {
        if (cache.changes() != changesSeen) {
            changesSeen = cache.changes();
            checkPauseMs = Timing.SUMMARY_CHECK_MS;
        } else {
            checkPauseMs = Math.min(checkPauseMs, Timing.SUMMARY_CHECK_MAX_MS);
        }
        scheduleCheck();
    }

    /** @param theirHash the first bytes of the hash of all that the peer holds */
    void summaryDiffers(Peer peer, long theirHash) {
        peer.progress().differs(true);
        peer.progress().seen(Pulse.summaryStart(cache.summaryHash()), theirHash);
        if (!peer.progress().isInVain()) {
            checkAgain();
        }
        Line line = peer.outflow().line();
        long vainMs = peer.outflow().hasDeclined() ? Timing.DECLINED_MS : Timing.SYNC_PAUSE_SAME_MAX_MS;
        long pauseMs = Math.max(Math.min(peer.progress().pauseMs(), vainMs), line == null ? 0 : 2 * line.roundTripMs());
        if (turn.nowMs() - peer.syncedMs() >= pauseMs && !isPassing(peer) && catchUp.mayTakeFrom(peer)) {
            dialogue.begin(peer);
        }
    }
}
