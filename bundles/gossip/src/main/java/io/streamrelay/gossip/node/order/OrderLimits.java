// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

/**
 * How much order is worth.
 *
 * @param waitMs how long an item waits for those before it, in milliseconds
 * @param firstWaitMs how long the first item of a sender waits whose number says that this node has come late, in
 *     milliseconds: those before it may be long gone
 * @param heldMax how many items of one sender wait at most
 * @param heldBytesMax how many bytes of one sender wait at most
 * @param intervalsMax how many runs of one sender's numbers are remembered; each gap between them takes about 100 bytes
 * @param runsKept how many of them, the highest, outlive a restart: each takes up to 18 bytes of each commit
 * @param sendersMax how many senders (each epoch is one) are remembered
 */
public record OrderLimits(
        long waitMs, long firstWaitMs, int heldMax, long heldBytesMax, int intervalsMax, int runsKept, int sendersMax) {

    /**
     * 5 s: some round trips of a repair by a neighbour over a slow link. 65,536 runs: every other one of as many
     * envelopes as a full backlog holds (256 MB of packets). The rest are guesses, to be measured.
     */
    public static final OrderLimits DEFAULT = new OrderLimits(5_000, 1_000, 1_024, 4L << 20, 65_536, 1_024, 4_096);
}
