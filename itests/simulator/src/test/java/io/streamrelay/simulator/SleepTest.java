// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.TestInfo;

/** Hosts that are suspended, and wake up with a clock that went on or one that stood still. */
class SleepTest {

    private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(60);

    @SeededTest
    void sleeperGetsWhatItMissedWhenItsClockWentOn(long seed, TestInfo test) {
        sleepThroughAMessage(seed, test, SleepClock.GOES_ON);
    }

    @SeededTest
    void sleeperGetsWhatItMissedWhenItsClockStoodStill(long seed, TestInfo test) {
        sleepThroughAMessage(seed, test, SleepClock.STANDS_STILL);
    }

    private static void sleepThroughAMessage(long seed, TestInfo test, SleepClock clock) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 4));
        simulation.run(Duration.ofSeconds(15));
        simulation.publish(3, "all", 200);
        simulation.sleep(clock, 3);
        simulation.publish(0, "all", 200);
        simulation.run(Duration.ofMinutes(20));
        Message missed = simulation.messages().get(1);
        simulation.expect(
                !simulation.witnesses().deliveries().reached(missed, simulation.node(3)), "nothing reaches a sleeper");
        simulation.wake(3);
        simulation.awaitDelivery(CAUGHT_UP_WITHIN);
        simulation.awaitConvergence(CAUGHT_UP_WITHIN);
    }

    @SeededTest(fixed = 1)
    void sleeperSendsNothing(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 2));
        simulation.stop(0);
        simulation.sleep(SleepClock.GOES_ON, 1);
        assertThrows(SimulationFailure.class, () -> simulation.publish(1, "all", 200));
        long before = simulation.witnesses().traffic().datagrams();
        simulation.run(Duration.ofMinutes(5));
        long after = simulation.witnesses().traffic().datagrams();
        simulation.expect(after == before, (after - before) + " datagrams of a sleeper");
    }
}
