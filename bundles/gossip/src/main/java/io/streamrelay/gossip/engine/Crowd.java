// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;

/**
 * Lets peers take turns at a full table. Many nodes may know this one from their configuration and no other: each is
 * to be connected for long enough to be introduced to others, and whoever has had its turn makes room. That goes for
 * one half of the table: those who came first stay, however many others come.
 */
final class Crowd {

    private final Turn turn;
    private final PeerTable peers;
    private final Bootstrap bootstrap;
    private final BoundedMap<Id, Long> hadItsTurnMs = new BoundedMap<>(Limits.TURNS_REMEMBERED_MAX);

    Crowd(Turn turn, PeerTable peers, Bootstrap bootstrap) {
        this.turn = turn;
        this.peers = peers;
        this.bootstrap = bootstrap;
    }

    /** Whether there is room for a node, or somebody would make room. */
    boolean takes(Id newcomer) {
        return !peers.isFull() || peers.byId(newcomer) != null || isItsTurn(newcomer) && longestThere() != null;
    }

    private boolean isItsTurn(Id newcomer) {
        Long lastMs = hadItsTurnMs.get(newcomer);
        return lastMs == null || turn.nowMs() - lastMs >= Timing.TURN_PAUSE_MS;
    }

    /** The peer that has to go for a node, or null: nobody has to, or nobody can. */
    Peer makesRoomFor(Id newcomer) {
        if (!peers.isFull() || !isItsTurn(newcomer)) {
            return null;
        }
        Peer goes = longestThere();
        if (goes != null) {
            hadItsTurnMs.put(goes.id(), turn.nowMs());
            goes.makeRoom();
            turn.count("peer-made-room", 1);
        }
        return goes;
    }

    /** The table is in the order in which they came. */
    private Peer longestThere() {
        return peers.all().stream()
                .skip(Limits.PEERS_STEADY)
                .filter(peer -> turn.nowMs() - peer.upMs() >= Timing.TURN_MS)
                .filter(peer -> !bootstrap.isConfigured(peer.endpoint()))
                .findFirst()
                .orElse(null);
    }
}
