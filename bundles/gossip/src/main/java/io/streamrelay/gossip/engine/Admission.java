// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Inventory;
import io.streamrelay.gossip.packet.Malformed;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketIdCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Decides which published packets of others are held: new ones whose ids are what their contents say (protocol-v6
 * D42). The id of a fragment can be verified only against the fragment before it; until that comes it waits here.
 */
final class Admission {

    /** The first bytes of a packet's id, as a number, and who has offered it. */
    private record Offered(Id peer, long start) {}

    private record Quarantined(Packet packet, Endpoint from, long sinceMs) {}

    private final Turn turn;
    private final PeerTable peers;
    private final PacketCache cache;
    private final Fragments fragments;
    private final SeenIds seen;
    private final Set<Id> subscriptions;
    private final SeenIds evicted = new SeenIds(Limits.EVICTED_IDS);
    /** What is not carried here: nobody has verified it, so it holds for the peer alone that has offered it. */
    private final BoundedMap<Offered, DropReason> foreign = new BoundedMap<>(Limits.FOREIGN_IDS);

    private final Deque<Quarantined> quarantine = new ArrayDeque<>();

    Admission(Turn turn, PeerTable peers, PacketCache cache, Fragments fragments, SeenIds seen, Set<Id> subscriptions) {
        this.turn = turn;
        this.peers = peers;
        this.cache = cache;
        this.fragments = fragments;
        this.seen = seen;
        this.subscriptions = subscriptions;
    }

    /**
     * A published packet came from a connected peer.
     *
     * @return whether it is what was sent, so that its sender may be told that it has come
     */
    boolean onPublish(Packet packet, Endpoint from) {
        Peer peer = peers.byEndpoint(from);
        if (!AgeStamp.isIntact(packet, peer != null && peer.kin())) {
            turn.drop(DropReason.DAMAGED, from);
            return false;
        }
        DropReason refused = objection(packet);
        if (refused != null) {
            if (refused == DropReason.DUPLICATE && peer != null) {
                repeated(packet, peer);
            } else if (refused == DropReason.NO_ROOM && peer != null) {
                decline(peer, packet);
            } else if (refused == DropReason.FOREIGN_CLUSTER && peer != null) {
                foreign.put(new Offered(peer.id(), Inventory.name(packet.packetId(), 0)), refused);
                AgeStamp stamp = AgeStamp.of(packet);
                if (stamp != null && stamp.isRepair()) {
                    decline(peer, packet);
                }
            }
            turn.drop(refused, from);
            return true;
        }
        PacketIdCheck.Verdict verdict = check(packet);
        boolean later = cache.isPromised(packet) && !fragments.isLastOf(packet)
                || verdict == PacketIdCheck.Verdict.UNKNOWN && cache.isBehind();
        if (later) {
            // As if it had got lost: it is sent again when this node says what has come.
            turn.drop(DropReason.NOT_YET, from);
            return false;
        }
        switch (verdict) {
            case INVALID -> turn.drop(DropReason.ID_MISMATCH, from);
            case UNKNOWN -> wait(packet, from);
            case VALID -> admit(packet, from);
        }
        return verdict != PacketIdCheck.Verdict.INVALID;
    }

    /** It would be offered for ever, as it is never held here. */
    private void decline(Peer peer, Packet packet) {
        peer.progress().useless();
        turn.raise(new Signal.Declined(peer, packet.packetId()));
    }

    private void repeated(Packet packet, Peer peer) {
        Id id = packet.packetId();
        CachedPacket held = cache.get(id);
        if (held == null) {
            peer.progress().useless();
            turn.raise(new Signal.OfferedAgain(peer, id));
            return;
        }
        held.markComeAgain();
        if (peer.kin() && !held.wasBroughtBy(peer.id()) && !AgeStamp.mendsGap(packet)) {
            turn.raise(new Signal.CameAgain(peer, held));
        }
        if (!held.isDurable()) {
            turn.raise(new Signal.StillUnsafe(held));
        }
    }

    private DropReason objection(Packet packet) {
        if (!packet.hasId(Field.PACKET) || !packet.hasId(Field.CLUSTER) || !packet.hasId(Field.SUBCLUSTER)) {
            return DropReason.ID_MISSING;
        }
        if (seen.contains(packet.packetId()) || cache.contains(packet.packetId())) {
            return DropReason.DUPLICATE;
        }
        if (evicted.contains(packet.packetId()) && !isWanted(packet) && !cache.hasRoomFor(packet)) {
            return DropReason.NO_ROOM;
        }
        AgeStamp stamp = AgeStamp.of(packet);
        if (stamp != null && stamp.isExpired()) {
            return DropReason.EXPIRED;
        }
        if (!turn.config().relayForeign()
                && !packet.id(Field.CLUSTER).equals(turn.config().cluster())) {
            return DropReason.FOREIGN_CLUSTER;
        }
        if (packet.index() == 0 && Body.of(packet) instanceof Malformed malformed) {
            return malformed.reason();
        }
        return packet.index() > Fragments.indexesMax(turn.config()) ? DropReason.TOO_MANY_FRAGMENTS : null;
    }

    /** What is for this node's own subclusters is worth more than what is carried, and is delivered once. */
    private boolean isWanted(Packet packet) {
        return subscriptions.contains(packet.id(Field.SUBCLUSTER));
    }

    /**
     * A fragment must be the one that the packet before it names: anybody who has seen a head can make another first
     * fragment whose id is right.
     */
    private PacketIdCheck.Verdict check(Packet packet) {
        if (packet.index() <= 0) {
            return PacketIdCheck.check(packet, null);
        }
        CachedPacket previous = fragments.part(packet.id(Field.PREVIOUS), packet.index() - 1);
        if (previous == null) {
            return PacketIdCheck.Verdict.UNKNOWN;
        }
        return packet.packetId().equals(previous.packet().id(Field.NEXT))
                ? PacketIdCheck.check(packet, previous.packet())
                : PacketIdCheck.Verdict.INVALID;
    }

    private void wait(Packet packet, Endpoint from) {
        boolean waitsAlready =
                quarantine.stream().anyMatch(other -> other.packet().packetId().equals(packet.packetId()));
        if (waitsAlready) {
            turn.drop(DropReason.DUPLICATE, from);
            return;
        }
        if (quarantine.size() == Limits.QUARANTINE_PACKETS_MAX) {
            turn.drop(DropReason.QUARANTINE_FULL, quarantine.poll().from());
        }
        quarantine.add(new Quarantined(packet, from, turn.nowMs()));
        turn.raise(new Signal.FragmentWaits(packet, from));
    }

    /** The fragments of a message that wait for the one before them, in the order in which they came. */
    List<Packet> waitingFor(Id headId) {
        return quarantine.stream()
                .map(Quarantined::packet)
                .filter(packet -> headId.equals(packet.id(Field.PREVIOUS)))
                .toList();
    }

    private void admit(Packet packet, Endpoint from) {
        Peer peer = peers.byEndpoint(from);
        CachedPacket arrived = CachedPacket.arrived(packet, turn.nowMs());
        if (peer != null) {
            peer.progress().useful();
            arrived.broughtBy(peer.id());
        }
        hold(arrived, from);
        if (packet.index() >= 0 && !quarantine.isEmpty()) {
            release(packet.index() == 0 ? packet.packetId() : packet.id(Field.PREVIOUS), packet.index() + 1);
        }
    }

    /** Holds a packet that is known to be good; for own packets {@code from} is null. */
    void hold(CachedPacket packet, Endpoint from) {
        turn.raise(new Signal.PacketHeld(packet, from));
        restore(packet);
    }

    /** A packet was here before, or one with the same first bytes of its id. */
    void restoreSeen(long key) {
        seen.addKey(key);
    }

    /** Holds a packet that the store held before. */
    void restore(CachedPacket packet) {
        seen.add(packet.id());
        evicted.remove(packet.id());
        fragments.add(packet);
        markWithItsHead(packet);
        cache.add(packet);
    }

    /** The store knows of the head alone that the whole message was delivered. */
    private void markWithItsHead(CachedPacket packet) {
        CachedPacket head = packet.isFragmented() ? fragments.part(packet.headId(), 0) : null;
        if (head != null && head.delivered()) {
            packet.markDelivered();
            if (head.taken()) {
                packet.markTaken();
            }
        }
    }

    /**
     * A packet had to make room before it had got to where it was going, as far as this node knows: it is not called
     * known from now on, and taken again when there is room, or when it is wanted here. As long as it would only be carried,
     * and there is no room, it would evict another, which its holders would offer in their turn.
     */
    void evicted(CachedPacket packet) {
        seen.remove(packet.id());
        evicted.add(packet.id());
    }

    /** Whether a packet has been here whose id begins with these six bytes, as a number; it may be held still. */
    boolean hasHad(long start) {
        return seen.containsStart(start);
    }

    /**
     * Whether a packet that begins so is not taken now: it had to make room, and there is no more than there was; or the peer
     * has offered it, it is another cluster's, and this node carries none.
     */
    boolean declines(Peer peer, long start) {
        boolean hasNoRoom = evicted.containsStart(start) && !cache.hasRoom();
        boolean isForeign =
                !turn.config().relayForeign() && foreign.get(new Offered(peer.id(), start)) != null && !hasHad(start);
        return hasNoRoom || isForeign;
    }

    /** The fragment that others waited for is there. */
    private void release(Id headId, int index) {
        List<Quarantined> freed = new ArrayList<>();
        for (Iterator<Quarantined> each = quarantine.iterator(); each.hasNext(); ) {
            Quarantined waiting = each.next();
            if (waiting.packet().index() == index
                    && headId.equals(waiting.packet().id(Field.PREVIOUS))) {
                freed.add(waiting);
                each.remove();
            }
        }
        freed.forEach(waiting -> onPublish(waiting.packet(), waiting.from()));
    }

    /** Lets go of fragments whose predecessor never came. */
    void expire() {
        while (!quarantine.isEmpty() && turn.nowMs() - quarantine.peek().sinceMs() > Timing.QUARANTINE_MS) {
            turn.drop(DropReason.ID_UNVERIFIABLE, quarantine.poll().from());
        }
    }
}
