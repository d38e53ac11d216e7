// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Receipt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Tells our own nodes what has come from them, when they ask, and asks them. What is held, but not on disk yet, has not
 * come: with the power it would be gone, and nobody would know that it lacks.
 */
final class Receipts {

    private static final int OWED_MAX = 2;

    private final Turn turn;
    private final PacketCache cache;
    private final Predicate<Id> underWayToDisk;
    /** The first and the last packet that asked, while they are on their way to disk: with the first some has come. */
    private final Map<Peer, Deque<CachedPacket>> owed = new LinkedHashMap<>();
    /** Whose questions wait until more can be taken: answers make others send. */
    private final Map<Peer, Integer> unanswered = new LinkedHashMap<>();

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
            owe(peer, held);
        }
    }

    private void owe(Peer peer, CachedPacket held) {
        Deque<CachedPacket> both = owed.computeIfAbsent(peer, key -> new ArrayDeque<>());
        if (both.size() == OWED_MAX) {
            both.pollLast();
        }
        both.add(held);
    }

    /** Something is on disk. */
    void committed() {
        settle(CachedPacket::isDurable, 0);
    }

    /** Something could not be committed. */
    void commitFailed() {
        settle(packet -> !underWayToDisk.test(packet.id()), Receipt.NOT_KEPT);
    }

    /** A packet is held no more, before it was on disk, perhaps. */
    void gone(CachedPacket packet) {
        settle(packet::equals, 0);
    }

    /** A peer has gone. */
    void peerDown(Peer peer) {
        owed.remove(peer);
        unanswered.remove(peer);
    }

    private void settle(Predicate<CachedPacket> test, int number) {
        if (owed.isEmpty()) {
            return;
        }
        for (Peer peer : List.copyOf(owed.keySet())) {
            Deque<CachedPacket> both = owed.get(peer);
            if (both.removeIf(test)) {
                tell(peer, number);
            }
            if (both.isEmpty()) {
                owed.remove(peer);
            }
        }
    }

    /** Says what has come; while nothing more can be taken, later: who hears nothing sends next to nothing. */
    void tell(Peer peer, int question) {
        if (cache.isBehind()) {
            unanswered.merge(peer, question, (before, now) -> now == Receipt.FORGOTTEN ? before : now);
            return;
        }
        List<Id> safe = peer.arrivals().ids();
        safe.removeIf(underWayToDisk);
        send(peer, question, safe);
    }

    /** More can be taken again. */
    void caughtUp() {
        Map<Peer, Integer> late = new LinkedHashMap<>(unanswered);
        unanswered.clear();
        late.forEach(this::tell);
    }

    /** Asks what has come. */
    void ask(Peer peer, int question) {
        send(peer, new Receipt(true, question, List.of()));
    }

    private void send(Peer peer, int question, List<Id> ids) {
        send(
                peer,
                new Receipt(
                        false,
                        question,
                        ids.stream().map(Receipt::name).toList(),
                        peer.arrivals().isCut()));
    }

    private void send(Peer peer, Receipt receipt) {
        turn.send(peer.path(), receipt.encode());
    }
}
