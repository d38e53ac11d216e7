// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

/**
 * What a link does to packets, each way.
 *
 * @param delayMs how long each takes
 * @param jitterMs by how much that differs, at most {@code delayMs}
 * @param lossPercent how many are lost, 0 to 100
 * @param bitErrorRate how likely each bit of what a datagram carries is turned over, without anybody's notice
 */
public record LinkQuality(int delayMs, int jitterMs, int lossPercent, double bitErrorRate) {

    /** As this host's kernel does it: at once, without loss. */
    public static final LinkQuality PERFECT = new LinkQuality(0, 0, 0);

    /** One that leaves whole what it does not lose. */
    public LinkQuality(int delayMs, int jitterMs, int lossPercent) {
        this(delayMs, jitterMs, lossPercent, 0);
    }

    public LinkQuality {
        if (delayMs < 0 || jitterMs < 0 || jitterMs > delayMs || lossPercent < 0 || lossPercent > 100) {
            throw new IllegalArgumentException(delayMs + " ms ± " + jitterMs + " ms, " + lossPercent + " %");
        }
    }
}
