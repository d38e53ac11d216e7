// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;

/** Nodes that go and come back, with their store or without it. */
class RestartTest {

    private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(60);

    /** So small that a store holds all of a run. */
    private static final int SMALL = 50;

    private static final int LARGE = 5_000;

    /** Two on one Ethernet. */
    private static final LinkOptions NEAR = new LinkOptions(1, 1, 0, 0, 0);

    @SeededTest
    void nodeWithItsStoreGetsWhatItMissed(long seed, TestInfo test) {
        Simulation simulation = mesh(seed, test);
        publish(simulation, 10);
        simulation.awaitDelivery(CAUGHT_UP_WITHIN);
        simulation.stop(3);
        publish(simulation, 10);
        simulation.start(3);
        simulation.awaitDelivery(CAUGHT_UP_WITHIN);
        simulation.awaitConvergence(CAUGHT_UP_WITHIN);
    }

    @SeededTest
    void nodeWithAnEmptyStoreGetsWhatItMissed(long seed, TestInfo test) {
        Simulation simulation = mesh(seed, test);
        publish(simulation, 10);
        simulation.crash(3);
        simulation.wipe(3);
        publish(simulation, 10);
        simulation.start(3);
        simulation.awaitDelivery(CAUGHT_UP_WITHIN);
        simulation.awaitConvergence(CAUGHT_UP_WITHIN);
    }

    @SeededTest
    void messageOutlivesItsSender(long seed, TestInfo test) {
        Simulation simulation = mesh(seed, test);
        simulation.stop(3);
        publish(simulation, 3);
        simulation.run(Duration.ofSeconds(30));
        simulation.stop(0);
        simulation.run(Duration.ofMinutes(10));
        simulation.start(3);
        simulation.awaitDelivery(CAUGHT_UP_WITHIN);
    }

    @SeededTest
    @Tag("case-47")
    void acceptedMessageSurvivesAPowerCutBeforeAnybodyGotIt(long seed, TestInfo test) {
        Simulation simulation = mesh(seed, test);
        simulation.partition(2);
        simulation.publish(2, "all", 300);
        simulation.publish(2, "all", 3_000);
        simulation.run(Duration.ofSeconds(1));
        simulation.crash(2);
        simulation.run(Duration.ofSeconds(60));
        simulation.heal();
        simulation.start(2);
        simulation.awaitDelivery(CAUGHT_UP_WITHIN);
    }

    @SeededTest(fixed = 10)
    void nodesThatCrashAgainAndAgainLoseNothingAccepted(long seed, TestInfo test) {
        Simulation simulation = mesh(seed, test);
        for (int round = 0; round < 20; round++) {
            int victim = round % 4;
            simulation.publish(victim, "all", 200);
            simulation.publish((victim + 1) % 4, "all", 2_000);
            simulation.run(Duration.ofMillis(simulation.chance("round " + round).nextLong(100)));
            simulation.crash(victim);
            simulation.run(Duration.ofSeconds(3));
            simulation.start(victim);
            simulation.run(Duration.ofSeconds(3));
        }
        simulation.awaitDelivery(CAUGHT_UP_WITHIN);
        simulation.awaitConvergence(CAUGHT_UP_WITHIN);
    }

    /** Its lives are as short as a second, and what it was sent in them it may not have committed. */
    @SeededTest(fixed = 10)
    void receiverThatIsKilledOverAndOverHasAllSoonAfterwards(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 2).withLink(NEAR));
        simulation.run(Duration.ofSeconds(15));
        for (int round = 0; round < 25; round++) {
            publishFor(simulation, simulation.chance("life " + round).nextLong(2_000));
            simulation.crash(1);
            publishFor(simulation, 1_200);
            simulation.start(1);
            publishFor(simulation, 300);
        }
        simulation.awaitDelivery(Duration.ofSeconds(10));
    }

    /** It opens messages more slowly than they come, and its store has room for 50. */
    @SeededTest(fixed = 10)
    void receiverThatIsKilledBeforeItHasOpenedWhatItHoldsLosesNothing(long seed, TestInfo test) {
        Simulation simulation =
                Stages.mesh(Stages.options(test, seed, 2).withLink(NEAR).withOpenMs(20));
        simulation.configure(1, config -> Settings.carrying(config, 40_000));
        simulation.run(Duration.ofSeconds(15));
        killOverAndOver(simulation, SMALL, 5);
    }

    /** The same with messages of several packets, of which a kill may leave some on their way. */
    @SeededTest(fixed = 10)
    void receiverThatIsKilledBeforeItHasOpenedLargeMessagesLosesNothing(long seed, TestInfo test) {
        Simulation simulation =
                Stages.mesh(Stages.options(test, seed, 2).withLink(NEAR).withOpenMs(60));
        simulation.configure(0, config -> Settings.carrying(config, 1_500_000));
        simulation.configure(1, config -> Settings.carrying(config, 1_000_000));
        simulation.run(Duration.ofSeconds(15));
        killOverAndOver(simulation, LARGE, 25);
    }

    private static void killOverAndOver(Simulation simulation, int bytes, long everyMs) {
        for (int round = 0; round < 15; round++) {
            publishFor(simulation, simulation.chance("life " + round).nextLong(2_000), bytes, everyMs);
            simulation.crash(1);
            simulation.run(Duration.ofSeconds(1));
            simulation.start(1);
        }
        simulation.awaitDelivery(Duration.ofSeconds(300));
    }

    private static void publishFor(Simulation simulation, long ms) {
        publishFor(simulation, ms, SMALL, 5);
    }

    private static void publishFor(Simulation simulation, long ms, int bytes, long everyMs) {
        for (long passed = 0; passed < ms; passed += everyMs) {
            simulation.publish(0, "all", bytes);
            simulation.run(Duration.ofMillis(everyMs));
        }
    }

    private static Simulation mesh(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 4).withLink(LinkOptions.FAULTY));
        simulation.run(Duration.ofSeconds(15));
        return simulation;
    }

    private static void publish(Simulation simulation, int count) {
        for (int i = 0; i < count; i++) {
            simulation.publish(i % 3, "all", 200);
            simulation.run(Duration.ofMillis(200));
        }
    }
}
