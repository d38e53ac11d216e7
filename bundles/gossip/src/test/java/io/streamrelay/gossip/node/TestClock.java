// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.gossip.engine.Now;

/** A clock that stands still until a test moves it. */
final class TestClock implements NodeClock {

    private volatile long monotonicMs = 1_000_000;
    private volatile long wallMs = 1_767_225_600_000L;

    void advance(long ms) {
        monotonicMs += ms;
        wallMs += ms;
    }

    void wall(long ms) {
        wallMs = ms;
    }

    @Override
    public Now now() {
        return new Now(monotonicMs, wallMs);
    }
}
