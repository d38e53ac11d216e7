// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.api.TraceStep;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrailsTest {

    private final TestClock clock = new TestClock();
    private final Trails trails = new Trails(clock);

    @Test
    void notesNothingOfMessagesThatAreRepaired() {
        trails.begin(id(1), "demo");
        trails.sent(id(2), id(100));
        trails.held(id(2), id(100));
        assertTrue(trails.of(id(2)).isEmpty());
        assertEquals(1, trails.all().size());
    }

    @Test
    void tellsTheWayOfAMessage() {
        trails.begin(id(1), "demo");
        trails.sent(id(1), id(100));
        trails.committed(id(1), "demo/t", 7);
        trails.held(id(1), id(100));
        trails.delivered(id(1), "demo/mqtt:demo");
        assertEquals(
                List.of(
                        TraceStep.Stage.ACCEPTED,
                        TraceStep.Stage.COMMITTED,
                        TraceStep.Stage.SENT,
                        TraceStep.Stage.HELD,
                        TraceStep.Stage.DELIVERED),
                stages(id(1)));
        List<TraceStep> steps = trails.of(id(1)).orElseThrow().steps();
        assertEquals(7, steps.get(1).atMs() - steps.get(0).atMs());
        assertEquals("demo", trails.of(id(1)).orElseThrow().subcluster());
    }

    @Test
    void tellsOnceWhatAMessageOfManyPacketsDoesManyTimes() {
        trails.begin(id(1), "demo");
        for (int packet = 0; packet < 500; packet++) {
            trails.sent(id(1), id(100));
            trails.sent(id(1), id(101));
        }
        assertEquals(List.of(TraceStep.Stage.SENT, TraceStep.Stage.SENT), stages(id(1)));
    }

    @Test
    void tellsSomeOfTheMessagesThatShareAPacket() {
        trails.begin(id(1), "demo");
        for (int message = 0; message < 500; message++) {
            trails.committed(id(1), "demo/" + message, 0);
        }
        assertTrue(stages(id(1)).size() <= Trails.STEPS_MAX / 2 + 1);
    }

    @Test
    void forgetsTheOldestFirst() {
        for (int message = 0; message <= Trails.MESSAGES_MAX; message++) {
            trails.begin(id(message), "demo");
            trails.received(id(message), "demo/t");
        }
        assertTrue(trails.of(id(0)).isEmpty());
        assertEquals(Trails.MESSAGES_MAX, trails.all().size());
        assertEquals(id(Trails.MESSAGES_MAX), trails.all().get(0).id());
    }

    @Test
    void keepsNoMoreStepsThanItsLimit() {
        trails.begin(id(1), "demo");
        for (int peer = 0; peer < 500; peer++) {
            trails.sent(id(1), id(peer));
        }
        assertEquals(Trails.STEPS_MAX, stages(id(1)).size());
    }

    private List<TraceStep.Stage> stages(Id message) {
        return trails.of(message).orElseThrow().steps().stream()
                .map(TraceStep::stage)
                .toList();
    }

    private static Id id(int number) {
        return Id.ofHex(String.format("%064x", number));
    }
}
