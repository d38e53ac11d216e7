// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.api.Id;
import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Settings;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.figures.TwoGateways;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.TestInfo;

/** Two gateways through which more passes than their stores hold: each lets go of other packets than the other. */
class OverflowTest {

    private static final int SECONDS = 60;
    private static final int MESSAGES_PER_SECOND = 100;
    private static final int MESSAGES = SECONDS * MESSAGES_PER_SECOND;
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final long WRITERS_ROOM_BYTES = 800_000;
    private static final long READERS_ROOM_BYTES = 400_000;

    /** Of what the reader has, and is not known to have: 5 s of it. */
    private static final long BACKLOG_BYTES_MAX = 300_000;

    /** What is still under way when both are compared may be. */
    private static final double SENT_AGAIN_MAX = 0.01;

    /** Of each node: that of D17, though it is for ten peers. */
    private static final double IDLE_BYTES_MAX = 50;

    private static final Duration SETTLING = Duration.ofMinutes(20);
    private static final Duration IDLE = Duration.ofHours(2);

    private static TwoGateways overflown(long seed, TestInfo test) {
        TwoGateways two = TwoGateways.prepared(Stages.options(test, seed, TwoGateways.NODES), Stages::simulation);
        two.simulation().configure(0, config -> Settings.carrying(config, WRITERS_ROOM_BYTES));
        two.simulation().configure(1, config -> Settings.carrying(config, READERS_ROOM_BYTES));
        two.connect(Duration.ofMinutes(2));
        long backlogMost = 0;
        for (int second = 0; second < SECONDS; second++) {
            two.write(MESSAGES_PER_SECOND, 200, PAUSE);
            backlogMost = Math.max(backlogMost, backlogBytes(two.simulation()));
        }
        two.simulation().expect(backlogMost <= BACKLOG_BYTES_MAX, backlogMost + " bytes of backlog");
        return two;
    }

    private static long backlogBytes(Simulation simulation) {
        return simulation.node(0).engine().orElseThrow().backlogBytes();
    }

    /** The reader's, which has more room from now on. */
    private static void loseDisk(Simulation simulation) {
        simulation.crash(1);
        simulation.wipe(1);
        simulation.configure(1, config -> Settings.carrying(config, 4 * WRITERS_ROOM_BYTES));
    }

    private static void awaitAllOfTheWriters(Simulation simulation, Duration within) {
        Set<Id> held = simulation.node(0).store().packetIds();
        simulation.await(
                "it holds what the writer holds",
                within,
                () -> simulation.node(1).store().packetIds().containsAll(held));
    }

    /** It was told by name what it has had; now it has lost that. */
    @SeededTest(fixed = 3)
    void whoLosesItsDiskGetsAgainWhatTheOtherStillHolds(long seed, TestInfo test) {
        TwoGateways two = overflown(seed, test);
        Simulation simulation = two.simulation();
        simulation.run(SETTLING);
        loseDisk(simulation);
        simulation.start(1);
        awaitAllOfTheWriters(simulation, Duration.ofMinutes(2));
    }

    /** It has caught up from another when it meets the one who alone still holds most of it, and was told that it had it. */
    @SeededTest(fixed = 3)
    void whoLosesItsDiskAndMeetsAnotherFirstGetsAllTheSame(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 3));
        simulation.configure(0, config -> Settings.carrying(config, WRITERS_ROOM_BYTES));
        simulation.configure(1, config -> Settings.carrying(config, READERS_ROOM_BYTES));
        simulation.configure(2, config -> Settings.carrying(config, READERS_ROOM_BYTES / 4));
        simulation.run(Duration.ofSeconds(30));
        for (int count = 0; count < MESSAGES / 2; count++) {
            simulation.publish(0, "all", 200);
            simulation.run(PAUSE);
        }
        simulation.run(Duration.ofMinutes(2));
        loseDisk(simulation);
        simulation.cut(0, 1);
        simulation.start(1);
        simulation.run(Duration.ofSeconds(10));
        simulation.mend(0, 1);
        simulation.publish(0, "all", 200);
        awaitAllOfTheWriters(simulation, Duration.ofMinutes(3));
    }

    /** What it could not commit it names to nobody, and commits when it is asked for it. */
    @SeededTest(fixed = 3)
    void whatCouldNotBeCommittedWhileMuchCameIsCommittedLater(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 2));
        simulation.run(Duration.ofSeconds(30));
        for (int second = 0; second < 12; second++) {
            simulation.disk(second % 4 != 2, 1);
            for (int count = 0; count < MESSAGES_PER_SECOND; count++) {
                simulation.publish(0, "all", 200);
                simulation.run(PAUSE);
            }
        }
        simulation.disk(true, 1);
        simulation.awaitConvergence(Duration.ofMinutes(3));
        simulation.await("all is passed on", Duration.ofMinutes(1), () -> backlogBytes(simulation) == 0);
    }

    @SeededTest(fixed = 3)
    void whatHasComeAndWasLetGoIsNotSentAgain(long seed, TestInfo test) {
        TwoGateways two = overflown(seed, test);
        Simulation simulation = two.simulation();
        simulation.run(SETTLING);
        double sentAgain = (double) two.towardReader().publishDatagrams() / MESSAGES - 1;
        double back = (double) two.towardWriter().publishDatagrams() / MESSAGES;
        long bytesBefore = simulation.witnesses().traffic().bytes();
        simulation.run(IDLE);
        double idle = (double) (simulation.witnesses().traffic().bytes() - bytesBefore)
                / IDLE.toSeconds()
                / TwoGateways.NODES;
        String figures = String.format(
                Locale.ROOT,
                "complete %s, sent again %.3f, sent back %.3f, idle %.1f B/s",
                two.isComplete(),
                sentAgain,
                back,
                idle);
        System.out.println(test.getDisplayName() + ": " + figures);
        boolean allPassedOn = backlogBytes(simulation) == 0;
        simulation.expect(
                two.isComplete()
                        && allPassedOn
                        && sentAgain <= SENT_AGAIN_MAX
                        && back <= SENT_AGAIN_MAX
                        && idle <= IDLE_BYTES_MAX,
                figures + ", all passed on: " + allPassedOn);
    }
}
