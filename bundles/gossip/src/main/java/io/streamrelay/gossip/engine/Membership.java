// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;

/**
 * Notices which subclusters a peer is a member of, and tells of it once the peer lists this node as well: before
 * that, a stream to it would be dropped there.
 */
final class Membership {

    private final Turn turn;

    Membership(Turn turn) {
        this.turn = turn;
    }

    /** A packet of a peer names a subcluster that it takes part in. */
    void joined(Peer peer, Id subcluster) {
        if (subcluster != null && peer.joined(subcluster) && peer.listsUs()) {
            turn.raise(new Signal.MemberSeen(peer, subcluster));
        }
    }

    /** The peer takes this node for a peer. */
    void listed(Peer peer) {
        if (!peer.listsUs()) {
            peer.markListsUs();
            peer.subclusters().forEach(subcluster -> turn.raise(new Signal.MemberSeen(peer, subcluster)));
        }
    }
}
