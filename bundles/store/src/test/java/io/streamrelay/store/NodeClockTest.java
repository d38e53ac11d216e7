// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeClockTest {

    private static final Instant IN_2026 = Instant.parse("2026-11-26T12:00:00Z");
    private static final Instant IN_1970 = Instant.parse("1970-01-01T00:01:00Z");
    private static final Instant IN_2040 = Instant.parse("2040-05-01T00:00:00Z");

    private final TestClocks clocks = new TestClocks();

    @Test
    void countsTheTimeThatTheStoreWasClosed() {
        assertEquals(5_000 + 3_600_000, afterClosed(IN_2026, IN_2026.plusSeconds(3_600)));
    }

    @Test
    void countsNothingWhenTheClockWasNeverSetBefore() {
        assertEquals(5_000, afterClosed(IN_1970, IN_2026));
    }

    @Test
    void countsNothingWhenTheClockIsNotSetNow() {
        assertEquals(5_000, afterClosed(IN_2026, IN_1970));
        assertEquals(5_000, afterClosed(IN_1970, IN_1970.plusSeconds(3_600)));
    }

    @Test
    void countsNothingWhenTheClockWentBack() {
        assertEquals(5_000, afterClosed(IN_2026, IN_2026.minusSeconds(1)));
    }

    @Test
    void countsInTheFarFutureToo() {
        assertEquals(5_000 + 60_000, afterClosed(IN_2040, IN_2040.plusSeconds(60)));
    }

    @Test
    void countsSixtyDaysAndNoMore() {
        Duration most = Duration.ofDays(60);
        assertEquals(5_000 + most.toMillis(), afterClosed(IN_2026, IN_2026.plus(most)));
        assertEquals(5_000, afterClosed(IN_2026, IN_2026.plus(most).plusMillis(1)));
        assertEquals(5_000, afterClosed(IN_2026, IN_2040));
    }

    @Test
    void beginsToBelieveAClockIn2024() {
        Instant set = Instant.parse("2024-01-01T00:00:00Z");
        assertEquals(5_000 + 10, afterClosed(set, set.plusMillis(10)));
        assertEquals(5_000, afterClosed(set.minusMillis(1), set.plusMillis(10)));
    }

    @Test
    void followsTheMonotonicClockWhateverTheWallClockDoes() {
        clocks.wall(IN_1970);
        NodeClock clock = NodeClock.startAt(0, clocks.clocks());
        clocks.passes(Duration.ofMillis(1_500));
        clocks.wall(IN_2026);
        assertEquals(1_500, clock.nowMs());

        clocks.passes(Duration.ofDays(1));
        clocks.wall(IN_2026.minus(Duration.ofDays(1)));
        assertEquals(1_500 + 86_400_000, clock.nowMs());
        assertEquals(clocks.clocks().wall().millis(), clock.read().wallMs());
    }

    private long afterClosed(Instant before, Instant now) {
        clocks.wall(now);
        return NodeClock.resume(new NodeClock.Reading(5_000, before.toEpochMilli()), clocks.clocks())
                .nowMs();
    }
}
