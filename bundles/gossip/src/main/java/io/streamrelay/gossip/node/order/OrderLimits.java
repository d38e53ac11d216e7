// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

/**
 * How much order is worth.
 *
 * @param waitMs how long an item waits for those before it, in milliseconds
 * @param heldMax how many items of one sender wait at most
 * @param heldBytesMax how many bytes of one sender wait at most
 * @param gapsMax how many gaps in one sender's numbers are remembered
 * @param sendersMax how many senders (each epoch is one) are remembered
 */
public record OrderLimits(long waitMs, int heldMax, long heldBytesMax, int gapsMax, int sendersMax) {

    /** 5 s: some round trips of a repair by a neighbour over a slow link; the rest are guesses, to be measured. */
    public static final OrderLimits DEFAULT = new OrderLimits(5_000, 1_024, 4L << 20, 1_024, 4_096);
}
