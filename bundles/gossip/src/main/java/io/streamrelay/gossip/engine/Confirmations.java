// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks kin whether it has what its receipts say has come: an own packet is kept until somebody is known to have it, and while
 * much passes, or two full stores differ anyway, summaries show that late.
 */
final class Confirmations {

    /** An own packet, and the first peer that has got it. */
    private record Asked(CachedPacket packet, Peer peer) {}

    private final Turn turn;
    private final PeerTable peers;
    private final Bygones bygones;
    private final Map<Id, Asked> pending = new LinkedHashMap<>();
    private boolean scheduled;

    Confirmations(Turn turn, PeerTable peers, Bygones bygones) {
        this.turn = turn;
        this.peers = peers;
        this.bygones = bygones;
    }

    /** A receipt has named an own packet. */
    void came(CachedPacket packet, Peer peer) {
        if (packet.passedOn() || packet.isGone()) {
            return;
        }
        pending.putIfAbsent(packet.id(), new Asked(packet, peer));
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

    /** What is not answered the next comparison asks for. */
    private void ask() {
        Map<Peer, List<CachedPacket>> byPeer = new HashMap<>();
        for (Asked asked : pending.values()) {
            boolean open = !asked.packet().passedOn() && !asked.packet().isGone();
            if (open && peers.contains(asked.peer())) {
                byPeer.computeIfAbsent(asked.peer(), peer -> new ArrayList<>()).add(asked.packet());
            }
        }
        pending.clear();
        byPeer.forEach(bygones::ask);
    }
}
