// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.simulator.Copies;
import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Settings;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.VirtualNetwork.Middlebox;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import org.junit.jupiter.api.TestInfo;

/**
 * A sender whose disk keeps no more than it must hands its messages to a carrier. The link dies, or the carrier's power,
 * at each step of it: at no moment a message that the sender has acknowledged is on no disk.
 *
 * <pre>
 *   sender ── publish ──►  carrier     ✕ after the first datagram of the exchange, the second, …
 *          ◄── summary ──              commit, summary, let go
 * </pre>
 */
class CustodyTest {

    private static final int SENDER = 0;
    private static final int CARRIER = 1;
    private static final int MESSAGES = 20;

    /** Steps of the exchange at which something breaks; an undisturbed one has about 100 datagrams. */
    private static final int STEPS = 100;

    private static final int STEP = 4;
    private static final Duration BROKEN = Duration.ofSeconds(20);
    private static final Duration BOUND = Duration.ofMinutes(5);

    @SeededTest(fixed = 3)
    void linkThatDiesAtAnyStepLeavesACopyOnSomeDisk(long seed, TestInfo test) {
        Score row = Score.row("A14").part("link dies").seed(seed).shownBy(test);
        long commits = 0;
        int steps = 0;
        for (int step = 1; step <= STEPS; step += STEP) {
            Simulation simulation = Stages.simulation(Stages.options(test, seed, 3));
            Copies copies = Copies.strict(simulation::nowMs);
            simulation.watch(copies);
            publish(simulation);
            simulation.middlebox(new BreakingLink(simulation, step));
            commits += finish(simulation, copies);
            steps++;
        }
        unlessOneBroke(row, steps, commits);
    }

    @SeededTest(fixed = 3)
    void carrierThatLosesItsPowerAtAnyStepLeavesACopyOnSomeDisk(long seed, TestInfo test) {
        Score row = Score.row("A14").part("receiver crashes").seed(seed).shownBy(test);
        long commits = 0;
        int steps = 0;
        for (int step = 1; step <= STEPS; step += STEP) {
            Simulation simulation = Stages.simulation(Stages.options(test, seed, 3));
            Copies copies = Copies.strict(simulation::nowMs);
            simulation.watch(copies);
            publish(simulation);
            simulation.middlebox(new PowerCut(simulation, step));
            commits += finish(simulation, copies);
            steps++;
        }
        unlessOneBroke(row, steps, commits);
    }

    /** What it has taken and let go again, for want of room, it declines when it is offered again. */
    @SeededTest(fixed = 3)
    void carrierWithoutRoomKeepsWhatFitsAndTheSenderTheRest(long seed, TestInfo test) {
        Score row = Score.row("A14").part("receiver is full").seed(seed).shownBy(test);
        Simulation simulation = Stages.simulation(Stages.options(test, seed, 3));
        Copies copies = Copies.counting(simulation::nowMs);
        simulation.watch(copies);
        publish(simulation);
        simulation.configure(CARRIER, config -> Settings.carrying(config, 8_000));
        simulation.start(CARRIER);
        simulation.run(BOUND);
        int made = copies.made().size();
        long kept = copies.made().stream().filter(id -> copies.of(id) > 0).count();
        simulation.expect(
                row.measured((made - kept) + " of " + made + " packets are on no disk")
                        .passed(kept == made),
                "kept " + kept + " of " + made);
    }

    /** The check beside the nodes would have ended the run otherwise. */
    private static void unlessOneBroke(Score row, int steps, long commits) {
        row.measured("never 0 copies: " + steps + " steps, looked at after each of " + commits + " commits")
                .passed(true);
    }

    /** Carries so many datagrams, then nothing for a while. */
    private static final class BreakingLink implements Middlebox {

        private final Simulation simulation;
        private int left;
        private long deadUntilMs;

        BreakingLink(Simulation simulation, int datagrams) {
            this.simulation = simulation;
            left = datagrams;
        }

        @Override
        public byte[] pass(int from, int to, byte[] bytes) {
            if (--left == 0) {
                deadUntilMs = simulation.nowMs() + BROKEN.toMillis();
            }
            return simulation.nowMs() < deadUntilMs ? null : bytes;
        }
    }

    /** Lets the carrier crash some milliseconds after so many datagrams, before or after what it commits then. */
    private static final class PowerCut implements Middlebox {

        private final Simulation simulation;
        private final long afterMs;
        private int left;

        PowerCut(Simulation simulation, int datagrams) {
            this.simulation = simulation;
            afterMs = simulation.chance("cut " + datagrams).nextLong(12);
            left = datagrams;
        }

        @Override
        public byte[] pass(int from, int to, byte[] bytes) {
            if (--left == 0) {
                simulation.at(simulation.nowMs() + afterMs, () -> simulation.crash(CARRIER));
                simulation.at(simulation.nowMs() + BROKEN.toMillis(), () -> simulation.start(CARRIER));
            }
            return bytes;
        }
    }

    private static void publish(Simulation simulation) {
        simulation.configure(SENDER, config -> Settings.carrying(config, 0));
        simulation.bootstrap(CARRIER, SENDER);
        simulation.bootstrap(2, CARRIER);
        simulation.subscribe("all", 2);
        simulation.start(SENDER);
        for (int count = 0; count < MESSAGES; count++) {
            simulation.publish(SENDER, "all", 200 + 100 * count);
        }
        simulation.run(Duration.ofSeconds(1));
    }

    /** Lets the carrier come, whatever breaks on the way; returns how many commits were looked at. */
    private static long finish(Simulation simulation, Copies copies) {
        simulation.start(CARRIER);
        simulation.await(
                "the sender has let go of all",
                BOUND,
                () -> simulation.node(SENDER).store().packetIds().isEmpty());
        simulation.stop(SENDER);
        simulation.start(2);
        simulation.awaitDelivery(BOUND);
        return copies.commits();
    }
}
