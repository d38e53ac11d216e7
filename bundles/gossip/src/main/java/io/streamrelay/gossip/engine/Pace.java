// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

/** How fast packets leave toward a reference peer, which says nothing of what came: as its counter and its socket bear. */
final class Pace {

    /** A reference peer drops more than 1,023 packets in a calendar minute (protocol-v6 D54): 200 + 60 * 12, and joins. */
    private static final double PER_SECOND = 12;

    private static final double BURST = 200;

    /**
     * A reference peer takes some 1,000 a second on a machine with nothing else to do, and its socket holds some 170
     * small packets (of the usual 208 KiB each takes 1,280 bytes). A guess for one that is slow.
     */
    private static final double SPACED_PER_SECOND = 100;

    private static final double AT_ONCE = 10;

    private final TokenBucket counted;
    private final TokenBucket spaced;

    private Pace(TokenBucket counted, TokenBucket spaced) {
        this.counted = counted;
        this.spaced = spaced;
    }

    static Pace ofReference(long nowMs) {
        return new Pace(new TokenBucket(PER_SECOND, BURST, nowMs), new TokenBucket(SPACED_PER_SECOND, AT_ONCE, nowMs));
    }

    boolean tryTake(long nowMs) {
        return waitMs(nowMs) == 0 && counted.tryTake(nowMs) && spaced.tryTake(nowMs);
    }

    /** How long until the next one may pass; 0 = now. */
    long waitMs(long nowMs) {
        return Math.max(counted.waitMs(nowMs), spaced.waitMs(nowMs));
    }
}
