// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Moves reference peers, which cannot prove who they are, to where they turn up: only when nobody answers any more
 * where they were (protocol-v6 D41). Kin signs and is moved at once.
 */
final class Relocations {

    /** A peer whose id has answered from elsewhere; its known address is being asked. */
    static final class Pending {
        private final Peer peer;
        private final Path to;
        private int asked;

        private Pending(Peer peer, Path to) {
            this.peer = peer;
            this.to = to;
        }
    }

    private final Turn turn;
    private final PeerTable peers;
    private final ControlPackets packets;
    private final Map<Id, Pending> pending = new LinkedHashMap<>();

    Relocations(Turn turn, PeerTable peers, ControlPackets packets) {
        this.turn = turn;
        this.peers = peers;
        this.packets = packets;
    }

    /** A connected peer's id has answered a challenge at another address than its own. */
    void propose(Peer peer, Path to) {
        if (!pending.containsKey(peer.id())) {
            Pending proposed = new Pending(peer, to);
            pending.put(peer.id(), proposed);
            ask(proposed);
        }
    }

    private void ask(Pending proposed) {
        turn.send(proposed.peer.path(), packets.connection(true, proposed.peer.pingId(), null));
        turn.schedule(Timer.RELOCATION, proposed, Timing.CONTACT_RETRY_MS << proposed.asked);
        proposed.asked++;
    }

    /** A peer has answered where it was: it is still there. */
    void answered(Peer peer) {
        if (pending.remove(peer.id()) != null) {
            turn.count("move-refused", 1);
        }
    }

    void due(Pending proposed) {
        Peer peer = proposed.peer;
        if (pending.get(peer.id()) != proposed) {
            return;
        }
        if (!peers.contains(peer)) {
            pending.remove(peer.id());
        } else if (proposed.asked < Limits.RELOCATION_QUESTIONS) {
            ask(proposed);
        } else {
            pending.remove(peer.id());
            turn.raise(new Signal.Relocated(peer, proposed.to));
        }
    }
}
