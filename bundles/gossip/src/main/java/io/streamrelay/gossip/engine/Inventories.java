// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Inventory;
import io.streamrelay.gossip.packet.Inventory.Kind;
import io.streamrelay.gossip.packet.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares single packets with kin, once summaries have led to a prefix that few enough ids begin with.
 *
 * <pre>
 *   ── "3f": I hold these ───────────────►
 *   ◄── the packets that are not among them
 *   ◄── "3f": I want those ───────────────    what the other lacks
 *   ── these packets ────────────────────►
 * </pre>
 *
 * <p>What one of them has had is left to {@link Bygones}.
 */
final class Inventories {

    /** How many names take as many bytes as what each sync has around its body: 120, with IP's and UDP's headers 148. */
    private static final int NAMES_OF_A_SYNC = 25;

    private final Turn turn;
    private final PacketCache cache;
    private final Gossip gossip;
    private final Custody custody;
    private final CatchUp catchUp;
    private final SyncSender sender;
    private final Bygones bygones;

    Inventories(
            Turn turn,
            PacketCache cache,
            Gossip gossip,
            Custody custody,
            CatchUp catchUp,
            SyncSender sender,
            Bygones bygones) {
        this.turn = turn;
        this.cache = cache;
        this.gossip = gossip;
        this.custody = custody;
        this.catchUp = catchUp;
        this.sender = sender;
        this.bygones = bygones;
    }

    /** Tells kin what is held here under a prefix; false when that is too much, or a reference peer is asked. */
    boolean tell(Peer peer, String prefix) {
        if (!peer.kin() || prefix.length() > Inventory.DIGITS_MAX || isLikelyTooMuch(prefix)) {
            return false;
        }
        List<CachedPacket> held = cache.withPrefix(prefix);
        if (held.size() > Inventory.NAMES_MAX) {
            return false;
        }
        List<Long> names = held.stream()
                .map(packet -> Inventory.name(packet.id(), prefix.length()))
                .toList();
        sender.send(peer, new Inventory(Kind.HOLDS, prefix, names).encode());
        return true;
    }

    /**
     * The same of a prefix some of whose buckets differ, if that takes fewer bytes than telling of each; false when it does
     * not, and nothing is told.
     */
    boolean tellAtOnce(Peer peer, String prefix, int differing) {
        if (differing < 2 || isLikelyTooMuch(prefix)) {
            return false;
        }
        int alike = cache.withPrefix(prefix).size() * (Summary.BUCKETS - differing) / Summary.BUCKETS;
        return (differing - 1) * NAMES_OF_A_SYNC > alike && tell(peer, prefix);
    }

    /** Ids are digests, so each digit of a prefix leaves a sixteenth. */
    private boolean isLikelyTooMuch(String prefix) {
        long atMost = 2L * Inventory.NAMES_MAX;
        for (int digit = 0; digit < prefix.length() && atMost < cache.size(); digit++) {
            atMost *= Summary.BUCKETS;
        }
        return atMost < cache.size();
    }

    /** @param supplied whether another sends the peer what it lacks */
    void onInventory(Peer peer, Inventory theirs, boolean supplied) {
        switch (theirs.kind()) {
            case ASKS -> bygones.onAsked(peer, theirs.names());
            case HAD -> bygones.onHad(peer, theirs.names());
            case DECLINES -> bygones.onDeclined(peer, theirs.names());
            case HOLDS, WANTS -> compare(peer, theirs, supplied);
        }
    }

    private void compare(Peer peer, Inventory theirs, boolean supplied) {
        boolean wants = theirs.kind() == Kind.WANTS;
        if (!peer.answers().tryTake(turn.nowMs())) {
            turn.drop(DropReason.SYNC_BUDGET, peer.endpoint());
            return;
        }
        if (wants && theirs.prefix().isEmpty()) {
            List<CachedPacket> wanted = theirs.names().stream()
                    .flatMap(start -> cache.withStart(start).stream())
                    .collect(Collectors.toCollection(ArrayList::new));
            wanted.forEach(peer.outflow()::wanted);
            send(peer, wanted, true, supplied);
            return;
        }
        Set<Long> named = new HashSet<>(theirs.names());
        List<CachedPacket> toSend = new ArrayList<>();
        for (CachedPacket packet : cache.withPrefix(theirs.prefix())) {
            boolean isNamed =
                    named.remove(Inventory.name(packet.id(), theirs.prefix().length()));
            if (isNamed && !wants) {
                custody.shared(packet, peer);
            }
            if (isNamed == wants) {
                toSend.add(packet);
            }
        }
        if (wants) {
            toSend.forEach(peer.outflow()::wanted);
        }
        send(peer, toSend, wants, supplied);
        if (!wants && !named.isEmpty()) {
            want(peer, new Inventory(Kind.HOLDS, theirs.prefix(), List.copyOf(named)));
        } else if (!wants && !supplied) {
            bygones.answerThatNothingFollows(peer, toSend);
        }
    }

    private void send(Peer peer, List<CachedPacket> missing, boolean wanted, boolean supplied) {
        if (missing.isEmpty()) {
            return;
        }
        if (supplied) {
            peer.progress().unsettled();
            peer.progress().differs(true);
        } else {
            // In the order in which they came: fragments after their heads, and each sender's messages in order.
            missing.sort(Comparator.comparingLong(CachedPacket::sequence));
            if (wanted) {
                gossip.repair(peer, missing);
            } else {
                bygones.supply(peer, missing);
            }
        }
    }

    private void want(Peer peer, Inventory lacking) {
        List<Long> names = bygones.wanted(peer, lacking);
        if (!names.isEmpty()) {
            sender.send(peer, new Inventory(Kind.WANTS, lacking.prefix(), names).encode());
        }
    }
}
