// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.PacketType;

/**
 * How much of each kind one connected peer may send. Publishes are not counted: their senders are paced, each costs
 * two hashes, and what is carried is bounded. Summaries, questions and signatures have budgets of their own.
 */
final class NeighbourBudgets {

    private final TokenBucket pings;
    private final TokenBucket joins;
    private final TokenBucket intros;
    private final TokenBucket streams;
    private final TokenBucket receipts;

    NeighbourBudgets(long nowMs) {
        pings = new TokenBucket(Limits.PINGS_PER_SECOND, Limits.PINGS_BURST, nowMs);
        joins = new TokenBucket(Limits.PEER_JOINS_PER_SECOND, Limits.PEER_JOINS_BURST, nowMs);
        intros = new TokenBucket(Limits.INTROS_PER_SECOND, Limits.INTROS_BURST, nowMs);
        streams = new TokenBucket(Limits.STREAMS_PER_SECOND, Limits.STREAMS_BURST, nowMs);
        receipts = new TokenBucket(Limits.RECEIPTS_ASKED_PER_SECOND, Limits.RECEIPTS_ASKED_BURST, nowMs);
    }

    /** Whether it may ask what has come. */
    boolean mayAskForReceipt(long nowMs) {
        return receipts.tryTake(nowMs);
    }

    boolean tryTake(PacketType type, long nowMs) {
        return switch (type) {
            case PING -> pings.tryTake(nowMs);
            case JOIN -> joins.tryTake(nowMs);
            case INTRO -> intros.tryTake(nowMs);
            case STREAM -> streams.tryTake(nowMs);
            case PONG, PUBLISH, SYNC, QUERY -> true;
        };
    }
}
