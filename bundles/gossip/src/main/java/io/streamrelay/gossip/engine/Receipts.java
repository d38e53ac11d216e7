// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Tells our own nodes what has come from them, when they ask, and asks them. What is held, but not on disk yet, has not
 * come: with the power it would be gone, and nobody would know that it lacks.
 */
final class Receipts {

    private final Turn turn;
    private final PacketCache cache;
    private final Predicate<Id> underWayToDisk;
    private final Map<Peer, CachedPacket> owed = new LinkedHashMap<>();

    Receipts(Turn turn, PacketCache cache, Predicate<Id> underWayToDisk) {
        this.turn = turn;
        this.cache = cache;
        this.underWayToDisk = underWayToDisk;
    }

    /** A publication has come, whether it was known or not, and has been looked at. */
    void came(Peer peer, Packet packet) {
        Id id = packet.packetId();
        if (!peer.kin() || id == null) {
            return;
        }
        int flags = AgeStamp.flags(packet);
        peer.arrivals().came(id, (flags & AgeStamp.MORE) != 0, turn.nowMs());
        if ((flags & AgeStamp.ASKS) == 0) {
            return;
        }
        CachedPacket held = cache.get(id);
        if (held == null || held.isDurable()) {
            tell(peer, 0);
        } else {
            owed.put(peer, held);
        }
    }

    /** Something is on disk. */
    void committed() {
        for (Peer peer : List.copyOf(owed.keySet())) {
            if (owed.get(peer).isDurable()) {
                owed.remove(peer);
                tell(peer, 0);
            }
        }
    }

    /** Something could not be committed: sent again it would fare no better. */
    void commitFailed() {
        owed.keySet().forEach(peer -> send(peer, 0, peer.arrivals().ids()));
        owed.clear();
    }

    /** Says what has come. */
    void tell(Peer peer, int question) {
        List<Id> safe = peer.arrivals().ids();
        safe.removeIf(underWayToDisk);
        send(peer, question, safe);
    }

    /** Asks what has come. */
    void ask(Peer peer, int question) {
        send(peer, new Receipt(true, question, List.of()));
    }

    private void send(Peer peer, int question, List<Id> ids) {
        send(peer, new Receipt(false, question, ids.stream().map(Receipt::name).toList()));
    }

    private void send(Peer peer, Receipt receipt) {
        Packet.Builder packet = Packet.builder(PacketType.SYNC).message(Summary.nothing().encode());
        receipt.into(packet);
        turn.send(peer.path(), packet.build().bytes());
    }
}
