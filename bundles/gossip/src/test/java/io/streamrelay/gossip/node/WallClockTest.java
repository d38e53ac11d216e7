// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.gossip.engine.Now;
import io.streamrelay.gossip.node.envelope.Envelope;
import org.junit.jupiter.api.Test;

class WallClockTest {

    @Test
    void stampsWithTheTimeAndADoubt() {
        Now set = new Now(0, 1_767_225_600_000L);
        assertEquals(set.wallMs(), WallClock.stampMs(set));
        assertEquals(WallClock.UNCERTAINTY_MS, WallClock.uncertaintyMs(set));
    }

    @Test
    void saysNoTimeWhileTheClockWasNeverSet() {
        Now booted = new Now(0, 86_400_000);
        assertEquals(0, WallClock.stampMs(booted));
        assertEquals(Envelope.UNKNOWN, WallClock.uncertaintyMs(booted));
    }
}
