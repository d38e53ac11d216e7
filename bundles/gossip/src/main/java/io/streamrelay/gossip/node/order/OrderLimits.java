// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

/**
 * How much one {@link OrderRestorer} remembers; {@link OrderRoom} bounds what waits in several of them.
 *
 * @param heldMax how many items of one sender wait at most
 * @param heldBytesMax how many bytes of one sender wait at most
 * @param intervalsMax how many runs of one sender's numbers are remembered; each gap between them takes about 100 bytes
 * @param runsKept how many of them, the highest, outlive a restart: each takes up to 18 bytes of each commit
 * @param gapsMax how many gaps of one sender are remembered: each takes up to 28 bytes of each commit
 * @param sendersMax how many senders (each epoch is one) are remembered
 */
public record OrderLimits(int heldMax, long heldBytesMax, int intervalsMax, int runsKept, int gapsMax, int sendersMax) {

    /**
     * 65,536 runs: every other one of as many envelopes as a full backlog holds (256 MB of packets). 8,192 items and
     * 4 MB: five days of one each minute, or half of what waits for all senders. The rest are guesses, to be measured.
     */
    public static final OrderLimits DEFAULT = new OrderLimits(8_192, 4L << 20, 65_536, 1_024, 256, 4_096);

    /** The same for numbers that nobody vouches for: what lacks of them is not remembered. */
    public static final OrderLimits WITHOUT_GAPS = new OrderLimits(8_192, 4L << 20, 65_536, 1_024, 0, 4_096);
}
