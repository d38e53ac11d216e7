// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

/** The clock of this node's joins: it never goes back, also not over a restart (protocol-v6 §6 case 47). 32 bits. */
final class JoinClock {

    private static final int COUNT_BITS = 16;
    private static final long COUNT_MAX = (1L << COUNT_BITS) - 1;

    /** The reference writes this one as 0 (protocol-v6 §1.1). */
    private static final long UNWRITABLE = 2_000_000_000;

    private final long base;
    private long count;

    /** @param epoch counts this node's starts; from the 65,535th on nothing tells them apart */
    JoinClock(long epoch) {
        base = Math.min(epoch, COUNT_MAX) << COUNT_BITS;
    }

    /** After 65,535 it stands still: the next start's clock must not be behind it. */
    long next() {
        count = Math.min(count + 1, COUNT_MAX);
        if (base + count == UNWRITABLE) {
            count++;
        }
        return base + count;
    }
}
