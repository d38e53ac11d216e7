// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Summary;
import java.nio.ByteBuffer;
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

    /** How many summaries one peer may make us answer: a full reconciliation needs some hundred. A guess. */
    private static final double ANSWERS_PER_SECOND = 200;

    private static final double ANSWERS_BURST = 400;

    private final Turn turn;
    private final PacketCache cache;
    private final Gossip gossip;
    private final TokenBucket budget;

    SyncDialogue(Turn turn, PacketCache cache, Gossip gossip) {
        this.turn = turn;
        this.cache = cache;
        this.gossip = gossip;
        this.budget = new TokenBucket(ANSWERS_PER_SECOND, ANSWERS_BURST, turn.nowMs());
    }

    /** Opens the dialogue with the summary of everything. */
    void begin(Peer peer) {
        peer.synced(turn.nowMs());
        send(peer, cache.summary(""));
        turn.count("sync-begun", 1);
    }

    private void send(Peer peer, Summary summary) {
        // usr4 is the reference's "since"; it is a hint only (D5).
        long since = Math.max(0, turn.wallMs() - Timing.CACHE_TTL_MS);
        Packet.Builder packet = Packet.builder(PacketType.SYNC)
                .set(Field.USR4, Long.toString(since).getBytes(StandardCharsets.US_ASCII))
                .message(summary.encode());
        if (cache.roomForAgeMs() != Long.MAX_VALUE) {
            packet.set(
                    Field.USR3,
                    ByteBuffer.allocate(Long.BYTES)
                            .putLong(cache.roomForAgeMs())
                            .array());
        }
        turn.send(peer.endpoint(), packet.build().bytes());
    }

    /** What usr3 of kin's summaries says: older packets were let go, and would be again. */
    private static long wantedAgeMs(Peer peer, Packet packet) {
        return peer.kin() && packet.length(Field.USR3) == Long.BYTES
                ? ByteBuffer.wrap(packet.copy(Field.USR3)).getLong()
                : Long.MAX_VALUE;
    }

    void onSync(Peer peer, Packet packet, Summary theirs) {
        if (!budget.tryTake(turn.nowMs())) {
            turn.drop(DropReason.SYNC_BUDGET, peer.endpoint());
            return;
        }
        Summary ours = cache.summary(theirs.prefix());
        if (Arrays.equals(ours.hash(), theirs.hash())) {
            return;
        }
        List<CachedPacket> missing = new ArrayList<>();
        for (int bucket = 0; bucket < 16; bucket++) {
            byte[] our = ours.buckets()[bucket];
            byte[] their = theirs.buckets()[bucket];
            if (Arrays.equals(our, their)) {
                continue;
            }
            String prefix = theirs.prefix() + Character.forDigit(bucket, 16);
            if (their == null) {
                missing.addAll(cache.withPrefix(prefix));
            } else if (prefix.length() < 64) {
                send(peer, cache.summary(prefix));
            }
        }
        long wantedAgeMs = wantedAgeMs(peer, packet);
        missing.removeIf(held -> turn.nowMs() - held.storedMs() >= wantedAgeMs);
        if (!missing.isEmpty()) {
            // In the order in which they came: fragments after their heads, and each sender's messages in order.
            missing.sort(Comparator.comparingLong(CachedPacket::sequence));
            gossip.repair(peer, missing);
        }
    }
}
