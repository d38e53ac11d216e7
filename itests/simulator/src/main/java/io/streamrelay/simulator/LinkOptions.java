// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

/**
 * What the network does to each datagram.
 *
 * @param latencyMinMs the shortest one-way latency of a pair of nodes, at least 1 ms
 * @param latencyMaxMs the longest; each pair keeps the one that it draws, in both directions
 * @param jitterMs up to this is added for each datagram, which reorders what follows closely
 * @param loss the share of datagrams that get lost, 0 to 1
 * @param duplication the share of datagrams that arrive twice, 0 to 1
 */
public record LinkOptions(long latencyMinMs, long latencyMaxMs, long jitterMs, double loss, double duplication) {

    /** The one-way latencies that the reference was measured with (10 to 100 ms), and no faults. */
    public static final LinkOptions CLEAN = new LinkOptions(10, 100, 0, 0, 0);

    /** 10 % loss, 1 % duplication, and reordering by up to 40 ms of jitter. */
    public static final LinkOptions FAULTY = new LinkOptions(10, 100, 40, 0.10, 0.01);

    public LinkOptions {
        if (latencyMinMs < 1 || latencyMaxMs < latencyMinMs || jitterMs < 0) {
            throw new IllegalArgumentException("latency " + latencyMinMs + " to " + latencyMaxMs + " ms, jitter "
                    + jitterMs + " ms: at least 1 ms, not falling, not negative");
        }
        if (!(loss >= 0 && loss <= 1 && duplication >= 0 && duplication <= 1)) {
            throw new IllegalArgumentException(
                    "loss " + loss + ", duplication " + duplication + ": shares lie between 0 and 1");
        }
    }

    /** The same latencies, nothing lost or doubled or reordered. */
    public LinkOptions withoutFaults() {
        return new LinkOptions(latencyMinMs, latencyMaxMs, 0, 0, 0);
    }

    /** The same with another share of loss. */
    public LinkOptions withLoss(double share) {
        return new LinkOptions(latencyMinMs, latencyMaxMs, jitterMs, share, duplication);
    }
}
