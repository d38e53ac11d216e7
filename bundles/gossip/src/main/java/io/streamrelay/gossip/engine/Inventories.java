// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Inventory;
import io.streamrelay.gossip.packet.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares single packets with kin, once summaries have led to a prefix that few enough ids begin with.
 *
 * <pre>
 *   ── "3f": I hold these ───────────────►
 *   ◄── the packets that are not among them
 *   ◄── "3f": I want those ───────────────    what the other lacks
 *   ── these packets ────────────────────►
 * </pre>
 */
final class Inventories {

    private final Turn turn;
    private final PacketCache cache;
    private final Gossip gossip;
    private final Custody custody;
    private final CatchUp catchUp;
    private final SyncSender sender;

    Inventories(Turn turn, PacketCache cache, Gossip gossip, Custody custody, CatchUp catchUp, SyncSender sender) {
        this.turn = turn;
        this.cache = cache;
        this.gossip = gossip;
        this.custody = custody;
        this.catchUp = catchUp;
        this.sender = sender;
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
        sender.send(peer, new Inventory(false, prefix, names).encode());
        return true;
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
        catchUp.heard(peer);
        if (!peer.answers().tryTake(turn.nowMs())) {
            turn.drop(DropReason.SYNC_BUDGET, peer.endpoint());
            return;
        }
        Set<Long> named = new HashSet<>(theirs.names());
        List<CachedPacket> toSend = new ArrayList<>();
        for (CachedPacket packet : cache.withPrefix(theirs.prefix())) {
            boolean isNamed =
                    named.remove(Inventory.name(packet.id(), theirs.prefix().length()));
            if (isNamed && !theirs.wants()) {
                custody.shared(packet, peer);
            }
            if (isNamed == theirs.wants()) {
                toSend.add(packet);
            }
        }
        send(peer, toSend, supplied);
        if (!theirs.wants() && !named.isEmpty()) {
            want(peer, theirs.prefix(), named);
        }
    }

    private void send(Peer peer, List<CachedPacket> missing, boolean supplied) {
        if (missing.isEmpty()) {
            return;
        }
        if (supplied) {
            peer.progress().differs(true);
        } else {
            // In the order in which they came: fragments after their heads, and each sender's messages in order.
            missing.sort(Comparator.comparingLong(CachedPacket::sequence));
            gossip.repair(peer, missing);
        }
    }

    private void want(Peer peer, String prefix, Set<Long> names) {
        if (catchUp.mayTakeFrom(peer)) {
            sender.send(peer, new Inventory(true, prefix, List.copyOf(names)).encode());
        } else {
            peer.progress().differs(true);
        }
    }
}
