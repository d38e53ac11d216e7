// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

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
    private long checkPauseMs = Timing.SUMMARY_CHECK_MS;
    private boolean checkScheduled;
    private long changesSeen;

    AntiEntropy(Turn turn, PeerTable peers, PacketCache cache, Liveness liveness, SyncDialogue dialogue) {
        this.turn = turn;
        this.peers = peers;
        this.cache = cache;
        this.liveness = liveness;
        this.dialogue = dialogue;
    }

    void peerUp(Peer peer) {
        dialogue.begin(peer);
    }

    void packetHeld() {
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
        peers.sample(ASKED_AT_ONCE, Peer::kin, turn.random()).forEach(liveness::ping);
        checkPauseMs *= 2;
        if (checkPauseMs <= Timing.SUMMARY_CHECK_MAX_MS) {
            scheduleCheck();
        }
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

    void summaryDiffers(Peer peer) {
        checkAgain();
        // What is already on its way to this peer would be found missing again.
        if (turn.nowMs() - peer.syncedMs() >= peer.progress().pauseMs()
                && !peer.outflow().hasRepairs()) {
            dialogue.begin(peer);
        }
    }
}
