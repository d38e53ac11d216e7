// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Pulse;
import java.util.Set;

/**
 * Knows which of our own nodes that have gone may be peers again without a handshake: both remember the other at that
 * address, and by what it has always asked with, and neither has anything to say of itself that the other was not told.
 *
 * <pre>
 *   we                                  they
 *   ── back: our ping id ──────────────►      who was there asked with that, and is gone, or a peer still
 *   ◄────────────── back: their ping id ──      unless we are a peer still
 *   ◄── again: our ping id, and theirs ───    we list them
 *   ── again: their ping id, and ours ──►     they list us
 * </pre>
 */
final class Recall {

    private final Turn turn;
    private final SelfView self;
    private final Parked parked;
    private final Set<Id> subscriptions;

    Recall(Turn turn, SelfView self, Parked parked, Set<Id> subscriptions) {
        this.turn = turn;
        this.self = self;
        this.parked = parked;
        this.subscriptions = subscriptions;
    }

    /** Who may be asked for in a pulse along a path, or null. @param expected the only peer that is wanted there, or null */
    Peer at(Path path, Id expected) {
        Peer gone = parked.at(path);
        boolean wanted = gone != null && (expected == null || expected.equals(gone.id()));
        return wanted && isRecallable(gone) ? gone : null;
    }

    private boolean isRecallable(Peer peer) {
        // Another socket's mapping has long been forgotten.
        return !peer.path().socket().isPooled()
                && peer.asksWith() != null
                && Pulse.canTell(peer.pingId())
                && peer.told()
                        .isKnown(
                                self.natTypeOnWire(),
                                subscriptions,
                                turn.wallMs(),
                                turn.nowMs(),
                                turn.nowMs() - peer.silentMs(turn.nowMs()),
                                peer.answeredMs());
    }

    /** Whether one who says that it is back is taken for that peer, connected or gone. */
    boolean isBack(Peer peer, Pulse pulse) {
        return isRecallable(peer) && pulse.pingId().equals(peer.asksWith());
    }

    /** Whether an answer is that of the peer that was asked for. */
    boolean isAgain(Peer gone, Pulse pulse) {
        return isRecallable(gone)
                && pulse.pingId().equals(gone.pingId())
                && pulse.ownPingId().equals(gone.asksWith());
    }
}
