// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Inventory;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds out which packets two peers do not share, by comparing summaries of ever longer id prefixes, in both roles.
 *
 * <pre>
 *   ── sync "" {hash of all, 16 bucket hashes} ───►
 *   ◄─── for each bucket that differs: sync "3" … ──
 *   ◄─── for each bucket that we lack: its packets ─
 * </pre>
 *
 * <p>With kin, {@link Inventories} take over where few ids are left under a prefix.
 */
final class SyncDialogue {

    /** In usr3 of a sync between kin: what it tells of is not held here, for want of room. */
    private static final byte[] DECLINED = {'0'};

    /** In usr3 of a sync between kin: what has waited for its sender has not come from others. */
    private static final byte[] AWAY = {'2'};

    /** The same, from who has got nothing from the peer since it started. */
    private static final byte[] NEW = {'3'};

    /** What {@link #NEW} says, though something has come from others. */
    private static final byte[] BEGUN = {'4'};

    /** Both: this node has started, and another sends what lacks here. */
    private static final byte[] BEGUN_SUPPLIED = {'5'};

    private final Turn turn;
    private final PacketCache cache;
    private final Gossip gossip;
    private final Custody custody;
    private final CatchUp catchUp;
    private final SyncSender syncs;
    private final Bygones bygones;
    private final Inventories inventories;

    SyncDialogue(
            Turn turn,
            PacketCache cache,
            Gossip gossip,
            Custody custody,
            CatchUp catchUp,
            SyncSender syncs,
            Bygones bygones) {
        this.catchUp = catchUp;
        this.turn = turn;
        this.cache = cache;
        this.gossip = gossip;
        this.custody = custody;
        this.syncs = syncs;
        this.bygones = bygones;
        inventories = new Inventories(turn, cache, gossip, custody, catchUp, syncs, bygones);
    }

    /** Opens the dialogue with the summary of everything; not while nothing more can be taken. */
    void begin(Peer peer) {
        if (cache.isBehind()) {
            return;
        }
        peer.synced(turn.nowMs());
        peer.progress().begin();
        boolean begun = peer.kin() && peer.arrivals().isBegunUnheard();
        byte[] summary = cache.summary("").encode();
        if (catchUp.mayTakeFrom(peer) && catchUp.isFirstToBring(peer)) {
            catchUp.takesFrom(peer);
            syncs.send(peer, summary, begun || peer.arrivals().landed().isEmpty() ? NEW : AWAY);
        } else if (begun && catchUp.mayTakeFrom(peer)) {
            catchUp.takesFrom(peer);
            syncs.send(peer, summary, BEGUN);
        } else if (begun) {
            syncs.send(peer, summary, BEGUN_SUPPLIED);
        } else {
            syncs.send(peer, summary);
        }
        peer.arrivals().begunSaid();
        turn.count("sync-begun", 1);
    }

    /** Asks for one packet: by the summary of all that begins as its id does but for the last digit. */
    void ask(Peer peer, Id missing) {
        syncs.send(
                peer,
                cache.summary(missing.hex().substring(0, 2 * Id.BYTES - 1)).encode(),
                null);
    }

    /**
     * Tells kin that a packet has ended here, though it is not held any more: by the summary that a holder of it
     * would give. Then kin need neither keep it for us nor send it again.
     */
    void confirm(Peer peer, Id id) {
        if (peer.kin()) {
            syncs.send(peer, Summary.holding(id).encode(), null);
        }
    }

    /** Tells kin that a packet cannot be kept here: it need not send it again soon, but must keep it. */
    void decline(Peer peer, Id id) {
        if (peer.kin()) {
            syncs.send(peer, Summary.holding(id).encode(), DECLINED);
        }
    }

    /** A publication has come. */
    void came(Peer peer, Packet packet) {
        AgeStamp stamp = AgeStamp.of(packet);
        catchUp.came(peer, stamp != null && stamp.isRepair(), (AgeStamp.flags(packet) & AgeStamp.MORE) != 0);
    }

    /** @param mark what the peer says besides, in usr3 */
    void onSync(Peer peer, Summary theirs, byte[] mark) {
        Summary ours = cache.summary(theirs.prefix());
        heard(peer);
        if (theirs.prefix().isEmpty() && begins(peer, mark)) {
            return;
        }
        boolean supplied = isSupplied(peer, mark);
        if (Arrays.equals(mark, DECLINED)) {
            peer.outflow().decline(single(theirs.prefix()), turn.nowMs());
        } else if (Arrays.equals(ours.hash(), theirs.hash())) {
            agreed(peer, theirs.prefix());
        } else if (supplied && !catchUp.mayTakeFrom(peer)) {
            peer.progress().unsettled();
            peer.progress().differs(true);
        } else if (cache.isBehind()) {
            turn.drop(DropReason.NOT_YET, peer.endpoint());
        } else if (!peer.answers().tryTake(turn.nowMs())) {
            turn.drop(DropReason.SYNC_BUDGET, peer.endpoint());
        } else if (!theirs.prefix().isEmpty() || peer.progress().mayAnswer(turn.nowMs())) {
            compare(peer, ours, theirs, supplied);
        }
    }

    private static boolean isSupplied(Peer peer, byte[] mark) {
        return peer.kin() && (Arrays.equals(mark, SyncSender.SUPPLIED) || Arrays.equals(mark, BEGUN_SUPPLIED));
    }

    private void heard(Peer peer) {
        catchUp.heard(peer);
        peer.progress().answered();
        peer.arrivals().begunHeard();
    }

    /** @param mark what the peer says besides, in usr3 */
    void onInventory(Peer peer, Inventory theirs, byte[] mark) {
        heard(peer);
        if (cache.isBehind()) {
            turn.drop(DropReason.NOT_YET, peer.endpoint());
        } else {
            inventories.onInventory(peer, theirs, isSupplied(peer, mark));
        }
    }

    /** A peer tells what it holds in all; whether that is answered by what has waited for it. */
    private boolean begins(Peer peer, byte[] mark) {
        boolean isNew = Arrays.equals(mark, NEW);
        boolean hasBegun = isNew || Arrays.equals(mark, BEGUN) || Arrays.equals(mark, BEGUN_SUPPLIED);
        if (peer.kin() && hasBegun && peer.mayBeginAnew(turn.nowMs())) {
            peer.outflow().begunAnew();
        }
        boolean released = peer.kin() && (isNew || Arrays.equals(mark, AWAY)) && gossip.release(peer);
        peer.outflow().compared();
        return released;
    }

    /** A peer may confirm as many packets as it was offered again: it costs no summary. */
    private void agreed(Peer peer, String prefix) {
        custody.sharedUnder(prefix, peer);
        single(prefix).forEach(packet -> peer.outflow().settle(packet, turn.nowMs()));
        if (prefix.isEmpty()) {
            catchUp.agrees(peer);
            gossip.answer(peer);
        }
    }

    /** What is held under a prefix that leaves room for a single packet; of a shorter one nothing. */
    private List<CachedPacket> single(String prefix) {
        return prefix.length() == Id.BYTES * 2 - 1 ? cache.withPrefix(prefix) : List.of();
    }

    /** What a peer had no room for, it now wants: it does not only carry it any more. */
    void memberSeen(Peer peer, Id subcluster) {
        List<CachedPacket> wanted = peer.outflow().takeDeclined(subcluster);
        if (!wanted.isEmpty()) {
            gossip.repair(peer, wanted);
        }
    }

    private void tell(Peer peer, String prefix) {
        if (!inventories.tell(peer, prefix)) {
            syncs.send(peer, cache.summary(prefix).encode());
        }
    }

    /** @param supplied whether another sends the peer what it lacks */
    private void compare(Peer peer, Summary ours, Summary theirs, boolean supplied) {
        List<CachedPacket> missing = new ArrayList<>();
        List<String> differing = new ArrayList<>();
        // On a slow line the last ones get lost: each time others.
        int first = turn.random().nextInt(Summary.BUCKETS);
        for (int count = 0; count < Summary.BUCKETS; count++) {
            int bucket = (first + count) % Summary.BUCKETS;
            byte[] our = ours.buckets()[bucket];
            byte[] their = theirs.buckets()[bucket];
            String prefix = theirs.prefix() + Character.forDigit(bucket, 16);
            if (Arrays.equals(our, their)) {
                if (our != null) {
                    custody.sharedUnder(prefix, peer);
                }
            } else if (their == null && supplied) {
                peer.progress().unsettled();
                peer.progress().differs(true);
            } else if (their == null) {
                missing.addAll(cache.withPrefix(prefix));
            } else if (prefix.length() < 2 * Id.BYTES) {
                differing.add(prefix);
            }
        }
        if (!inventories.tellAtOnce(peer, theirs.prefix(), differing.size())) {
            differing.forEach(prefix -> tell(peer, prefix));
        }
        if (!missing.isEmpty()) {
            // In the order in which they came: fragments after their heads, and each sender's messages in order.
            missing.sort(Comparator.comparingLong(CachedPacket::sequence));
            bygones.supply(peer, missing);
        }
    }
}
