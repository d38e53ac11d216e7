// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

/** How fast what is not new leaves toward one peer: as configured, or as fast as the link carries it. */
final class BacklogPace {

    /** 1,000 bits. */
    private static final double KILOBIT_BYTES = 125;

    private int kilobitsPerSecond;
    /** Bytes; null without a rate. One packet of any size leaves as long as there is one: it may be owed for. */
    private TokenBucket bytes;

    /** @param kilobits 0 = as fast as the link carries it */
    void rate(int kilobits, long nowMs) {
        if (kilobits == kilobitsPerSecond) {
            return;
        }
        kilobitsPerSecond = kilobits;
        double perSecond = kilobits * KILOBIT_BYTES;
        // With what may be owed that is two packets.
        double burst = Math.max(LinkPace.PACKET, perSecond * Timing.PACE_BURST_MS / 1000);
        bytes = kilobits == 0 ? null : new TokenBucket(perSecond, burst, nowMs);
    }

    boolean isLimited() {
        return bytes != null;
    }

    /** How long until the next packet may leave; 0 = now. */
    long waitMs(long nowMs) {
        return bytes == null ? 0 : bytes.waitMs(nowMs);
    }

    /** A packet has left. */
    void left(int packetBytes, long nowMs) {
        if (bytes != null) {
            bytes.owe(packetBytes, nowMs);
        }
    }
}
