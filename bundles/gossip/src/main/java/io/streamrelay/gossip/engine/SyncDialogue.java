// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Summary;
import java.nio.charset.StandardCharsets;
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
 */
final class SyncDialogue {

    private static final int NONCE_BYTES = 8;

    /** In usr3 of a sync between kin: what it tells of is not held here, for want of room. */
    private static final byte[] DECLINED = {'0'};

    /** In usr3 of a sync between kin: another sends what lacks here; it is told to find what lacks there. */
    private static final byte[] SUPPLIED = {'1'};

    /** In usr3 of a sync between kin: what has waited for its sender has not come from others. */
    private static final byte[] AWAY = {'2'};

    /** The same, from who has got nothing from the peer since it started. */
    private static final byte[] NEW = {'3'};

    private final Turn turn;
    private final PacketCache cache;
    private final Gossip gossip;
    private final Custody custody;
    private final CatchUp catchUp;

    SyncDialogue(Turn turn, PacketCache cache, Gossip gossip, Custody custody, CatchUp catchUp) {
        this.catchUp = catchUp;
        this.turn = turn;
        this.cache = cache;
        this.gossip = gossip;
        this.custody = custody;
    }

    /** Opens the dialogue with the summary of everything. */
    void begin(Peer peer) {
        peer.synced(turn.nowMs());
        peer.progress().begin();
        if (catchUp.mayTakeFrom(peer) && catchUp.isFirstToBring(peer)) {
            catchUp.takesFrom(peer);
            send(peer, cache.summary(""), peer.arrivals().ids().isEmpty() ? NEW : AWAY);
        } else {
            send(peer, cache.summary(""));
        }
        turn.count("sync-begun", 1);
    }

    private void send(Peer peer, Summary summary) {
        if (catchUp.mayTakeFrom(peer)) {
            catchUp.takesFrom(peer);
            send(peer, summary, null);
        } else {
            send(peer, summary, SUPPLIED);
        }
    }

    private void send(Peer peer, Summary summary, byte[] mark) {
        // usr4 is the reference's "since"; it is a hint only (D5).
        long since = Math.max(0, turn.wallMs() - Timing.CACHE_TTL_MS);
        Packet.Builder packet = Packet.builder(PacketType.SYNC)
                .set(Field.USR4, Long.toString(since).getBytes(StandardCharsets.US_ASCII))
                .message(summary.encode());
        if (!peer.kin()) {
            // Or its packet id, which the reference ignores for a tick, would be that of the same summary before.
            byte[] nonce = new byte[NONCE_BYTES];
            turn.random().nextBytes(nonce);
            packet.set(Field.NEXT, nonce);
        }
        if (mark != null) {
            packet.set(Field.USR3, mark);
        }
        turn.send(peer.path(), packet.build().bytes());
    }

    /** Asks for one packet: by the summary of all that begins as its id does but for the last digit. */
    void ask(Peer peer, Id missing) {
        send(peer, cache.summary(missing.hex().substring(0, 2 * Id.BYTES - 1)), null);
    }

    /**
     * Tells kin that a packet has ended here, though it is not held any more: by the summary that a holder of it
     * would give. Then kin need neither keep it for us nor send it again.
     */
    void confirm(Peer peer, Id id) {
        if (peer.kin()) {
            send(peer, Summary.holding(id), null);
        }
    }

    /** Tells kin that a packet cannot be kept here: it need not send it again soon, but must keep it. */
    void decline(Peer peer, Id id) {
        if (peer.kin()) {
            send(peer, Summary.holding(id), DECLINED);
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
        catchUp.heard(peer);
        if (theirs.prefix().isEmpty() && begins(peer, mark)) {
            return;
        }
        boolean supplied = peer.kin() && Arrays.equals(mark, SUPPLIED);
        if (Arrays.equals(mark, DECLINED)) {
            settle(peer, theirs.prefix());
        } else if (Arrays.equals(ours.hash(), theirs.hash())) {
            agreed(peer, theirs.prefix());
        } else if (supplied && !catchUp.mayTakeFrom(peer)) {
            peer.progress().differs(true);
        } else if (!peer.answers().tryTake(turn.nowMs())) {
            turn.drop(DropReason.SYNC_BUDGET, peer.endpoint());
        } else if (!theirs.prefix().isEmpty() || peer.progress().mayAnswer(turn.nowMs())) {
            compare(peer, ours, theirs, supplied);
        }
    }

    /** A peer tells what it holds in all; whether that is answered by what has waited for it. */
    private boolean begins(Peer peer, byte[] mark) {
        boolean isNew = Arrays.equals(mark, NEW);
        if (peer.kin() && isNew && peer.mayBeginAnew(turn.nowMs())) {
            peer.outflow().begunAnew();
        }
        boolean released = peer.kin() && (isNew || Arrays.equals(mark, AWAY)) && gossip.release(peer);
        peer.outflow().compared();
        return released;
    }

    /** A peer may confirm as many packets as it was offered again: it costs no summary. */
    private void agreed(Peer peer, String prefix) {
        custody.sharedUnder(prefix, peer);
        settle(peer, prefix);
        if (prefix.isEmpty()) {
            catchUp.agrees(peer);
            gossip.answer(peer);
        }
    }

    private void settle(Peer peer, String prefix) {
        if (prefix.length() == Id.BYTES * 2 - 1) {
            cache.withPrefix(prefix).forEach(packet -> peer.outflow().settle(packet, turn.nowMs()));
        }
    }

    /** @param supplied whether another sends the peer what it lacks */
    private void compare(Peer peer, Summary ours, Summary theirs, boolean supplied) {
        List<CachedPacket> missing = new ArrayList<>();
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
                peer.progress().differs(true);
            } else if (their == null) {
                missing.addAll(cache.withPrefix(prefix));
            } else if (prefix.length() < 64) {
                send(peer, cache.summary(prefix));
            }
        }
        if (!missing.isEmpty()) {
            // In the order in which they came: fragments after their heads, and each sender's messages in order.
            missing.sort(Comparator.comparingLong(CachedPacket::sequence));
            gossip.repair(peer, missing);
        }
    }
}
