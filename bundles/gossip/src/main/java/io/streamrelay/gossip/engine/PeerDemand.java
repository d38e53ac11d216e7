// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import java.util.Set;

/** Whether this node wants more peers: a few of any kind, and some members of each of its subclusters. */
final class PeerDemand {

    private final PeerTable peers;
    private final Set<Id> subscriptions;

    PeerDemand(PeerTable peers, Set<Id> subscriptions) {
        this.peers = peers;
        this.subscriptions = subscriptions;
    }

    /** Whether anybody is wanted. */
    boolean isGeneral() {
        return peers.size() < Limits.PEERS_WANTED;
    }

    /** Whether a member of that subcluster is wanted; null = a peer that is not known to be a member of any. */
    boolean isFor(Id subcluster) {
        return isGeneral() || subscriptions.contains(subcluster) && isScarce(subcluster);
    }

    /** Whether fewer members of that subcluster are connected than one of them wants. */
    boolean isScarce(Id subcluster) {
        return members(subcluster) < Limits.MEMBERS_WANTED;
    }

    /** Whether a peer that may want this one is met half way. */
    boolean isWelcoming() {
        return peers.size() < Limits.PEERS_WELCOME;
    }

    /** Whether a peer is met half way that has asked for this one. */
    boolean isHelpful() {
        return peers.size() < Limits.PEERS_HELPED;
    }

    private long members(Id subcluster) {
        return peers.all().stream()
                .filter(peer -> peer.subclusters().contains(subcluster))
                .count();
    }
}
