// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks kin whether it has what its receipts say has come: an own packet is kept until somebody is known to have it, and while
 * much passes, or two full stores differ anyway, summaries show that late.
 */
final class Confirmations {

    private final Turn turn;
    private final PeerTable peers;
    private final Bygones bygones;
    private final List<CachedPacket> pending = new ArrayList<>();
    private boolean scheduled;

    Confirmations(Turn turn, PeerTable peers, Bygones bygones) {
        this.turn = turn;
        this.peers = peers;
        this.bygones = bygones;
    }

    /** A receipt has named an own packet. */
    void came(CachedPacket packet, Peer peer) {
        if (packet.passedOn() || packet.isGone() || packet.namedBy() != null) {
            return;
        }
        packet.namedBy(peer);
        pending.add(packet);
        if (pending.size() >= Limits.CONFIRMATIONS_AT_ONCE) {
            ask();
        } else if (!scheduled) {
            scheduled = true;
            turn.schedule(Timer.CONFIRMATION, null, Timing.CONFIRMATION_MS);
        }
    }

    /** Summaries have had the time to show it. */
    void due() {
        scheduled = false;
        ask();
    }

    /** Who does not answer is asked again when both are compared, or another when its receipt names the packet. */
    private void ask() {
        Map<Peer, List<CachedPacket>> byPeer = new LinkedHashMap<>();
        for (CachedPacket packet : pending) {
            Peer peer = packet.namedBy();
            packet.namedBy(null);
            if (!packet.passedOn() && !packet.isGone() && peers.contains(peer)) {
                byPeer.computeIfAbsent(peer, key -> new ArrayList<>()).add(packet);
            }
        }
        pending.clear();
        byPeer.forEach(bygones::ask);
    }
}
