// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;

/**
 * What others' wall clocks show, by the timestamps of their pings. They are kept against our monotonic clock, so that
 * neither our wall clock nor a step of it matters: a peer of 1970 is as old as a peer of tomorrow.
 */
final class PeerClocks {

    private final Turn turn;
    private final BoundedMap<Endpoint, Long> aheadOfMonotonicMs = new BoundedMap<>(Limits.CLOCKS_MAX);

    PeerClocks(Turn turn) {
        this.turn = turn;
    }

    /** A ping came from there. {@code timestampMs} may be null. */
    void heard(Endpoint from, Long timestampMs) {
        if (timestampMs != null) {
            aheadOfMonotonicMs.put(from, timestampMs - turn.nowMs());
        }
    }

    /** How long ago that peer's clock showed this, in milliseconds; 0 while nothing is known of its clock. */
    long ageMs(Peer peer, long stampMs) {
        Long ahead = aheadOfMonotonicMs.get(peer.endpoint());
        return ahead == null ? 0 : turn.nowMs() + ahead - stampMs;
    }

    /** How far that peer's clock is ahead of ours, in milliseconds; 0 while nothing is known of it. */
    long aheadOfOursMs(Peer peer) {
        Long ahead = aheadOfMonotonicMs.get(peer.endpoint());
        return ahead == null ? 0 : turn.nowMs() + ahead - turn.wallMs();
    }
}
