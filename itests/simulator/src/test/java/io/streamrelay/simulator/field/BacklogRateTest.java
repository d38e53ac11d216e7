// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.gossip.engine.EngineConfig;
import io.streamrelay.simulator.Bandwidth;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.figures.TwoGateways;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.TestInfo;

/** After an outage what is new does not wait for what has waited, and that takes of the line what it may. */
class BacklogRateTest {

    private static final int WAITING = 400;
    private static final int BYTES = 800;
    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /**
     * What a return came to.
     *
     * @param p99Ms from a message that was new while the backlog was coming to its delivery
     * @param fresh how many of those there were
     * @param kilobits what carried messages toward the reader meanwhile, but for those that were new
     */
    private record Return(long p99Ms, int fresh, double kilobits, double seconds, boolean complete) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "p99 %d ms of %d new ones, %.1f kbit/s of backlog for %.1f s, %s",
                    p99Ms,
                    fresh,
                    kilobits,
                    seconds,
                    complete ? "all came" : "not all came");
        }
    }

    private static Return comesBack(int kilobitsPerSecond, Duration pause, long seed, TestInfo test) {
        TwoGateways two = TwoGateways.prepared(Stages.options(test, seed, TwoGateways.NODES), Stages::simulation);
        Simulation simulation = two.simulation();
        for (int node : simulation.all()) {
            simulation.configure(node, (EngineConfig config) -> config.withBacklogRate(kilobitsPerSecond));
        }
        two.line(Bandwidth.ofBits(256_000)).connect(Duration.ofMinutes(1));
        simulation.cut(0, 1);
        two.write(WAITING, BYTES, Duration.ofMillis(300));
        simulation.run(Duration.ofMinutes(1));
        List<Message> waiting = List.copyOf(simulation.messages());
        simulation.mend(0, 1);
        simulation.await("the first comes", BOUND, () -> has(simulation, waiting, 1));
        two.begin();
        long beganMs = simulation.nowMs();
        long untilMs = 0;
        List<Message> fresh = new ArrayList<>();
        while (!has(simulation, waiting, WAITING) && simulation.nowMs() - beganMs < BOUND.toMillis()) {
            fresh.add(simulation.publish(0, "line", BYTES));
            simulation.run(pause);
            untilMs = simulation.nowMs();
        }
        double seconds = (untilMs - beganMs) / 1e3;
        double bytes = two.towardReader().publishBytes() - (double) fresh.size() * (BYTES + 190);
        two.run(BOUND);
        long[] times = fresh.stream()
                .mapToLong(message -> simulation.witnesses().deliveries().timesMs(message)[0])
                .sorted()
                .toArray();
        Return back = new Return(
                times[Math.min(times.length - 1, times.length * 99 / 100)],
                fresh.size(),
                bytes * 8 / 1e3 / seconds,
                seconds,
                two.isComplete());
        System.out.println("backlog " + kilobitsPerSecond + " kbit/s, seed " + seed + ": " + back + ", longest "
                + Arrays.toString(Arrays.copyOfRange(times, Math.max(0, times.length - 3), times.length)));
        return back;
    }

    private static boolean has(Simulation simulation, List<Message> messages, int count) {
        return messages.stream()
                        .filter(message -> simulation.witnesses().deliveries().timesMs(message).length > 0)
                        .count()
                >= count;
    }

    private static void expect(boolean condition, Return back) {
        if (!condition) {
            throw new AssertionError(back.toString());
        }
    }

    @SeededTest
    void whatIsNewComesWithinASecondWhileABacklogComesAtItsRate(long seed, TestInfo test) {
        Return back = comesBack(64, SECOND, seed, test);
        expect(back.complete() && back.p99Ms() <= 1_000 && back.kilobits() <= 64 * 1.1 && back.fresh() >= 30, back);
    }

    @SeededTest
    void whatIsNewComesWithinTwoSecondsWhileABacklogFillsTheLine(long seed, TestInfo test) {
        Return back = comesBack(0, SECOND, seed, test);
        expect(back.complete() && back.p99Ms() <= 2_000, back);
    }
}
