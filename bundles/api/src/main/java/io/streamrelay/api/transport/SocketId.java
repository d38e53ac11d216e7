// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.transport;

/**
 * Names one of a node's sockets: the main one that peers know, the probe one, or one of a pool that is opened on demand
 * to get through a NAT.
 *
 * @param number 0 = main, 1 = probe, from 2 = pooled; at most 1 + {@link #POOL_MAX}
 */
public record SocketId(int number) {

    /** How many pooled sockets a node may have open at once; the reference's pool. */
    public static final int POOL_MAX = 256;

    /** The one peers know. */
    public static final SocketId MAIN = new SocketId(0);

    /** A second port of the same host, from which probes are answered (protocol-v6 §3.8). */
    public static final SocketId PROBE = new SocketId(1);

    private static final int FIRST_POOLED = 2;

    public SocketId {
        if (number < 0 || number >= FIRST_POOLED + POOL_MAX) {
            throw new IllegalArgumentException(
                    "socket " + number + " does not lie between 0 and " + (FIRST_POOLED + POOL_MAX - 1));
        }
    }

    /** @param index 0 to {@link #POOL_MAX} − 1 */
    public static SocketId pooled(int index) {
        return new SocketId(FIRST_POOLED + index);
    }

    /** Whether it is opened on demand, on a port that the system chooses. */
    public boolean isPooled() {
        return number >= FIRST_POOLED;
    }

    @Override
    public String toString() {
        return switch (number) {
            case 0 -> "MAIN";
            case 1 -> "PROBE";
            default -> "POOLED-" + (number - FIRST_POOLED);
        };
    }
}
