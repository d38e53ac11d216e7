// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;

/** Notices which subclusters a connected peer is a member of. */
final class Membership {

    private final Turn turn;

    Membership(Turn turn) {
        this.turn = turn;
    }

    /** A packet of a peer names a subcluster that it takes part in. */
    void joined(Peer peer, Id subcluster) {
        if (subcluster != null && peer.joined(subcluster)) {
            turn.raise(new Signal.MemberSeen(peer, subcluster));
        }
    }
}
