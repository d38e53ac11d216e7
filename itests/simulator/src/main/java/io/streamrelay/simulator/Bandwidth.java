// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

/**
 * What a node's line carries in each direction; what comes faster waits in a queue, and what finds that full is lost.
 *
 * @param upBytesPerSecond how much leaves, headers included
 * @param downBytesPerSecond how much arrives
 * @param queueBytes how much waits, in each direction
 */
public record Bandwidth(long upBytesPerSecond, long downBytesPerSecond, long queueBytes) {

    /** What IPv4 and UDP add to each datagram. */
    static final int HEADER_BYTES = 28;

    public Bandwidth {
        if (upBytesPerSecond < 1 || downBytesPerSecond < 1 || queueBytes < 0) {
            throw new IllegalArgumentException("bandwidth up " + upBytesPerSecond + ", down " + downBytesPerSecond
                    + ", queue " + queueBytes + ": at least 1 byte/s, and no negative queue");
        }
    }

    /** The same in both directions, in bits as lines are sold, with a queue of half a second. */
    public static Bandwidth ofBits(long bitsPerSecond) {
        long bytesPerSecond = bitsPerSecond / 8;
        return new Bandwidth(bytesPerSecond, bytesPerSecond, bytesPerSecond / 2);
    }
}
