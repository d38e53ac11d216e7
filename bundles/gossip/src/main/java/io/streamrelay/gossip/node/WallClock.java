// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.gossip.engine.Now;
import io.streamrelay.gossip.node.envelope.Envelope;

/** What a node's wall clock is worth: gateways boot in 1970. */
final class WallClock {

    /** 2024-01-01T00:00:00Z, before this software existed: an earlier clock was never set. */
    static final long SET_SINCE_MS = 1_704_067_200_000L;

    /** A minute: a guess, as long as nothing tells how well the host's clock is kept. */
    static final long UNCERTAINTY_MS = 60_000;

    private WallClock() {}

    static boolean isSet(Now now) {
        return now.wallMs() >= SET_SINCE_MS;
    }

    /** What to stamp an envelope with: 0 when the clock was never set. */
    static long stampMs(Now now) {
        return isSet(now) ? now.wallMs() : 0;
    }

    static long uncertaintyMs(Now now) {
        return isSet(now) ? UNCERTAINTY_MS : Envelope.UNKNOWN;
    }
}
