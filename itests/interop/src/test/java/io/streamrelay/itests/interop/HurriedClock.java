// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import io.streamrelay.gossip.engine.Now;

/** Time that passes faster, for tests of what takes hours. All who share an epoch have the same time. */
record HurriedClock(long epochMs) {

    /** A keepalive of the reference takes 1.5 s, so that a pause of a busy machine is none that a peer is lost for. */
    static final int FACTOR = 20;

    static HurriedClock fromNow() {
        return new HurriedClock(System.currentTimeMillis());
    }

    Now now() {
        long passedMs = (System.currentTimeMillis() - epochMs) * FACTOR;
        return new Now(passedMs, epochMs + passedMs);
    }

    /** How long that is for everybody else, at least 1 ms. */
    static long realMs(long ms) {
        return Math.max(1, ms / FACTOR);
    }
}
