// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.gossip.engine.Now;
import io.streamrelay.gossip.node.envelope.Envelope;
import java.util.List;
import org.junit.jupiter.api.Test;

class WallClockTest {

    private static final long WALL_MS = 1_767_225_600_000L;

    @Test
    void addsTheWayToTheWaitWhereBothClocksAreSet() {
        assertEquals(5_100, WallClock.ageMs(envelope(WALL_MS), new Now(0, WALL_MS + 5_000)));
    }

    @Test
    void takesTheEnvelopesWordWhereOneClockWasNeverSet() {
        assertEquals(100, WallClock.ageMs(envelope(0), new Now(0, WALL_MS)));
        assertEquals(100, WallClock.ageMs(envelope(WALL_MS), new Now(0, 86_400_000)));
    }

    @Test
    void isNeverYoungerThanTheEnvelopeSays() {
        assertEquals(100, WallClock.ageMs(envelope(WALL_MS), new Now(0, WALL_MS - 60_000)));
    }

    private static Envelope envelope(long wallMs) {
        return new Envelope(Id.ofHex("01".repeat(32)), 1, 1, wallMs, 0, 100, 0, List.of(Message.of("t", new byte[0])));
    }
}
