// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.gossip.engine.Now;
import org.junit.jupiter.api.Test;

class HostClockTest {

    private final HostClock clock = new HostClock(1_000, 5_000_000);

    @Test
    void bothClocksGoOnFromWhereTheyStood() {
        assertEquals(new Now(1_010, 5_000_010), clock.now(10));
        assertEquals(10, clock.virtualMs(1_010));
    }

    @Test
    void settingTheDateLeavesTheMonotonicClockAlone() {
        assertEquals(new Now(1_010, 10), clock.withWall(0).now(10));
    }

    @Test
    void clockThatStoodStillIsBehindAndItsDeadlinesComeLater() {
        assertEquals(new Now(1_010, 5_000_030), clock.behind(20).now(30));
        assertEquals(30, clock.behind(20).virtualMs(1_010));
    }
}
