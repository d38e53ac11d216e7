// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Inventory;
import io.streamrelay.gossip.packet.Inventory.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What kin has had and holds no more: a full store lets go of something with each packet that comes. It is asked for such
 * packets by name instead of being sent them, and says which of them it has lost.
 *
 * <pre>
 *   ── I hold these, which you have had ─►
 *   ◄── I have had those ─────────────────   it counts as somebody who holds them
 *   ◄── I decline those ──────────────────   they had to make room before they had got to where they were going
 *   ◄── I want these ─────────────────────   lost to damage
 * </pre>
 */
final class Bygones {

    private final Turn turn;
    private final PeerTable peers;
    private final PacketCache cache;
    private final Admission admission;
    private final Gossip gossip;
    private final Custody custody;
    private final CatchUp catchUp;
    private final SyncSender sender;
    private final Map<Peer, Set<CachedPacket>> toAsk = new LinkedHashMap<>();
    private final BoundedMap<Id, Long> ownAskedMs = new BoundedMap<>(Limits.PEERS_MAX);

    Bygones(
            Turn turn,
            PeerTable peers,
            PacketCache cache,
            Admission admission,
            Gossip gossip,
            Custody custody,
            CatchUp catchUp,
            SyncSender sender) {
        this.turn = turn;
        this.peers = peers;
        this.cache = cache;
        this.admission = admission;
        this.gossip = gossip;
        this.custody = custody;
        this.catchUp = catchUp;
        this.sender = sender;
    }

    /** Sends a peer what it lacks, and asks it for what it has had. */
    void supply(Peer peer, List<CachedPacket> missing) {
        Map<Boolean, List<CachedPacket>> byHad =
                missing.stream().collect(Collectors.partitioningBy(packet -> isToBeAsked(peer, packet)));
        ask(peer, byHad.get(true));
        gossip.repair(peer, byHad.get(false));
    }

    /** Asks a peer whether it has had these, or has lost them; soon, together with what else it is asked for then. */
    void ask(Peer peer, List<CachedPacket> packets) {
        if (packets.isEmpty()) {
            return;
        }
        peer.progress().unsettled();
        if (toAsk.isEmpty()) {
            turn.schedule(Timer.BYGONES, null, Timing.BYGONES_MS);
        }
        toAsk.computeIfAbsent(peer, key -> new LinkedHashSet<>()).addAll(packets);
    }

    /** A peer that has told what it holds, of which nothing follows, hears so: it would compare again soon otherwise. */
    void answerThatNothingFollows(Peer peer, List<CachedPacket> missing) {
        if (missing.stream().allMatch(packet -> peer.outflow().isSettled(packet, turn.nowMs()))) {
            sender.send(peer, Inventory.ofStarts(Kind.HAD, List.of()).encode(), null);
        }
    }

    /** Time to ask. */
    void due() {
        Map<Peer, Set<CachedPacket>> asked = new LinkedHashMap<>(toAsk);
        toAsk.clear();
        asked.forEach((peer, packets) -> {
            if (peers.contains(peer)) {
                List<Long> starts = packets.stream()
                        .filter(packet -> !packet.isGone())
                        .map(Bygones::start)
                        .limit(Limits.BYGONES_AT_ONCE)
                        .toList();
                tell(peer, Kind.ASKS, starts);
            }
        });
    }

    private boolean isToBeAsked(Peer peer, CachedPacket packet) {
        return !packet.isAtItsEnd() && peer.hasHad(packet) && !peer.outflow().isSettled(packet, turn.nowMs());
    }

    private static long start(CachedPacket packet) {
        return Inventory.name(packet.id(), 0);
    }

    private void tell(Peer peer, Kind kind, List<Long> starts) {
        for (int from = 0; from < starts.size(); from += Inventory.NAMES_MAX) {
            List<Long> some = starts.subList(from, Math.min(from + Inventory.NAMES_MAX, starts.size()));
            sender.send(peer, Inventory.ofStarts(kind, some).encode(), null);
        }
    }

    /** A peer asks which of these have got lost here. */
    void onAsked(Peer peer, List<Long> starts) {
        if (peer.answers().tryTake(turn.nowMs())) {
            List<Long> wanted = wanted(peer, Inventory.ofStarts(Kind.ASKS, starts));
            if (!wanted.isEmpty()) {
                sender.send(peer, Inventory.ofStarts(Kind.WANTS, wanted).encode());
            }
        } else {
            turn.drop(DropReason.SYNC_BUDGET, peer.endpoint());
        }
    }

    /**
     * Of packets that a peer holds those that lack here, by the names that it gives them; it is told which were here.
     *
     * @param theirs with prefixes and names of that peer's; what it names and is held here may be among them
     */
    List<Long> wanted(Peer peer, Inventory theirs) {
        Map<Long, CachedPacket> unsafe =
                cache.unsafe().collect(Collectors.toMap(Bygones::start, packet -> packet, (one, other) -> one));
        List<Long> had = new ArrayList<>();
        List<Long> declined = new ArrayList<>();
        List<Long> wanted = new ArrayList<>();
        for (long name : theirs.names()) {
            long start = theirs.start(name);
            boolean declines = start >= 0 && admission.declines(peer, start);
            if (start < 0 || !admission.hasHad(start) && !declines) {
                wanted.add(name);
            } else if (declines) {
                declined.add(start);
            } else if (unsafe.containsKey(start)) {
                turn.raise(new Signal.StillUnsafe(unsafe.get(start)));
            } else {
                had.add(start);
                if (theirs.kind() == Kind.HOLDS) {
                    // What is asked for is no comparison: own packets are confirmed thus.
                    peer.progress().useless();
                }
            }
        }
        tell(peer, Kind.HAD, had);
        tell(peer, Kind.DECLINES, declined);
        if (!wanted.isEmpty()) {
            peer.progress().unsettled();
        }
        if (!wanted.isEmpty() && !catchUp.mayTakeFrom(peer)) {
            peer.progress().differs(true);
            return List.of();
        }
        return wanted;
    }

    /** A peer has had these, but has no room for them now. */
    void onDeclined(Peer peer, List<Long> starts) {
        List<CachedPacket> declined = starts.stream()
                .flatMap(start -> cache.withStart(start).stream())
                .toList();
        // It does not know by the name alone that it wants it itself.
        Map<Boolean, List<CachedPacket>> byWanted = declined.stream()
                .collect(Collectors.partitioningBy(packet -> peer.subclusters().contains(packet.subcluster())));
        peer.outflow().decline(byWanted.get(false), turn.nowMs());
        byWanted.get(true).forEach(peer.outflow()::wanted);
        gossip.repair(peer, byWanted.get(true));
    }

    /** A peer has had these: it need not get them again, nor need they be kept for its sake. */
    void onHad(Peer peer, List<Long> starts) {
        if (starts.isEmpty()) {
            peer.progress().useless();
        }
        for (long start : starts) {
            for (CachedPacket packet : cache.withStart(start)) {
                custody.shared(packet, peer);
                peer.outflow().settle(packet, turn.nowMs());
            }
        }
        askForOwn(peer);
    }

    /** Two that hold different packets for good never agree on all: what both hold of this node's own is not seen then. */
    private void askForOwn(Peer peer) {
        Long lastMs = ownAskedMs.get(peer.id());
        if (lastMs != null && turn.nowMs() - lastMs < Timing.OWN_ASKED_MS) {
            return;
        }
        List<CachedPacket> own = cache.waiting().stream()
                .filter(packet -> peer.outflow().wasSent(packet))
                .toList();
        if (!own.isEmpty()) {
            ownAskedMs.put(peer.id(), turn.nowMs());
            ask(peer, own);
        }
    }
}
