// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Refusal;
import java.util.List;

/** Sends what is for one peer alone, at its pace. */
final class DirectSender {

    private final Turn turn;
    private final PeerTable peers;

    DirectSender(Turn turn, PeerTable peers) {
        this.turn = turn;
        this.peers = peers;
    }

    /**
     * Sends a message's datagrams one after the other.
     *
     * @param whenLeft what is to be said when the last of them has left, or null
     * @return false when too much waits for that peer
     */
    boolean send(Peer peer, List<byte[]> message, Action.Accepted whenLeft) {
        if (!peer.direct().offer(message, whenLeft)) {
            turn.count("direct-full", 1);
            return false;
        }
        drain(peer);
        return true;
    }

    /** A peer may be sent more. */
    void due(Peer peer) {
        peer.direct().waiting(false);
        if (peers.contains(peer)) {
            drain(peer);
        }
    }

    private void drain(Peer peer) {
        DirectOutflow outflow = peer.direct();
        for (DirectOutflow.Item item = outflow.poll(turn.nowMs()); item != null; item = outflow.poll(turn.nowMs())) {
            turn.send(peer.path(), item.bytes());
            if (item.whenLeft() != null) {
                turn.act(item.whenLeft());
            }
        }
        if (!outflow.isEmpty() && !outflow.isWaiting()) {
            outflow.waiting(true);
            turn.schedule(Timer.DIRECT_PACE, peer, outflow.waitMs(turn.nowMs()));
        }
    }

    /** A peer has gone, and what waited for it cannot leave any more. */
    void peerDown(Peer peer) {
        for (Action.Accepted unsaid : peer.direct().abandon()) {
            turn.act(new Action.Refused(
                    unsaid.token(), Refusal.UNKNOWN_PEER, "peer " + peer.id().shortHex() + " has gone"));
        }
    }
}
