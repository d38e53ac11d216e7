// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.simulator.Bandwidth;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.SimulationOptions;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.Traffic;
import io.streamrelay.simulator.figures.TwoGateways;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.TestInfo;

/** After an outage what is new does not wait for what has waited, and that takes of the line what it may. */
class BacklogRateTest {

    private static final int WAITING = 400;
    private static final int BYTES = 800;
    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** A line, and what a backlog may take of it. */
    private record Setting(long lineBits, int backlogKilobits, double loss) {}

    /**
     * What a return came to.
     *
     * @param p99Ms from a message that was new while the backlog was coming to its delivery
     * @param fresh how many of those there were
     * @param kilobits what carried messages toward the reader meanwhile, but for the bodies of those that were new
     * @param all what went toward the reader meanwhile
     * @param back what went from it
     */
    private record Return(
            long p99Ms, int fresh, double kilobits, double all, double back, double seconds, boolean complete) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "p99 %d ms of %d new ones, backlog %.1f kbit/s for %.1f s, all %.1f and %.1f back, %s",
                    p99Ms,
                    fresh,
                    kilobits,
                    seconds,
                    all,
                    back,
                    complete ? "all came" : "not all came");
        }
    }

    private static Return comesBack(Setting setting, long seed, TestInfo test) {
        TwoGateways two = apart(setting, seed, test);
        Simulation simulation = two.simulation();
        List<Message> waiting = List.copyOf(simulation.messages());
        simulation.mend(0, 1);
        simulation.await("the first comes", BOUND, () -> came(simulation, waiting) > 0);
        two.begin();
        List<Message> fresh = new ArrayList<>();
        while (came(simulation, waiting) < WAITING && two.elapsedMs() < BOUND.toMillis()) {
            fresh.add(simulation.publish(0, "line", BYTES));
            simulation.run(SECOND);
        }
        double seconds = two.elapsedMs() / 1e3;
        Traffic.Toward reader = two.towardReader();
        long writerBytes = two.towardWriter().bytes();
        two.run(BOUND);
        return new Return(
                p99(simulation, fresh),
                fresh.size(),
                kilobits(reader.publishBytes() - (long) fresh.size() * BYTES, seconds),
                kilobits(reader.bytes(), seconds),
                kilobits(writerBytes, seconds),
                seconds,
                two.isComplete());
    }

    /** Messages wait for a gateway that is out of reach. */
    private static TwoGateways apart(Setting setting, long seed, TestInfo test) {
        SimulationOptions options = Stages.options(test, seed, TwoGateways.NODES);
        TwoGateways two =
                TwoGateways.prepared(options.withLink(options.link().withLoss(setting.loss())), Stages::simulation);
        Simulation simulation = two.simulation();
        for (int node : simulation.all()) {
            simulation.configure(node, config -> config.withBacklogRate(setting.backlogKilobits()));
        }
        two.line(Bandwidth.ofBits(setting.lineBits())).connect(Duration.ofMinutes(1));
        simulation.cut(0, 1);
        two.write(WAITING, BYTES, Duration.ofMillis(300));
        simulation.run(Duration.ofMinutes(1));
        return two;
    }

    private static double kilobits(long bytes, double seconds) {
        return bytes * 8 / 1e3 / seconds;
    }

    private static long p99(Simulation simulation, List<Message> messages) {
        long[] times = messages.stream()
                .flatMapToLong(message ->
                        LongStream.of(simulation.witnesses().deliveries().timesMs(message)))
                .sorted()
                .toArray();
        return times[Math.min(times.length - 1, times.length * 99 / 100)];
    }

    private static long came(Simulation simulation, List<Message> messages) {
        return messages.stream()
                .filter(message -> simulation.witnesses().deliveries().timesMs(message).length > 0)
                .count();
    }

    private static void expect(Setting setting, long p99MsMax, long seed, TestInfo test) {
        Return back = comesBack(setting, seed, test);
        System.out.println(setting + ", seed " + seed + ": " + back);
        boolean inRate = setting.backlogKilobits() == 0 || back.kilobits() <= 1.1 * setting.backlogKilobits();
        if (!back.complete() || back.p99Ms() > p99MsMax || !inRate || back.fresh() < 10) {
            throw new AssertionError(back.toString());
        }
    }

    @SeededTest
    void whatIsNewComesWithinASecondWhileABacklogComesAtItsRate(long seed, TestInfo test) {
        expect(new Setting(256_000, 64, 0), 1_000, seed, test);
    }

    /** As recommended where each kilobyte is paid for. */
    @SeededTest(fixed = 3)
    void meteredLineOf64KilobitsGivesABacklogHalfOfIt(long seed, TestInfo test) {
        expect(new Setting(64_000, 32, 0), 1_000, seed, test);
    }

    /** What gets lost of a backlog goes again at its rate, and what gets lost of what is new at once. */
    @SeededTest(fixed = 3)
    void keepsToItsRateWhereATenthGetsLost(long seed, TestInfo test) {
        expect(new Setting(256_000, 64, 0.1), 2_000, seed, test);
    }

    @SeededTest
    void whatIsNewComesWithinTwoSecondsWhileABacklogFillsTheLine(long seed, TestInfo test) {
        expect(new Setting(256_000, 0, 0), 2_000, seed, test);
    }
}
