// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.SimulationOptions;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.figures.PoorLines;
import io.streamrelay.simulator.figures.TwoGateways;
import io.streamrelay.simulator.score.Score;
import java.util.Locale;
import org.junit.jupiter.api.TestInfo;

/** Lines that carry little, take long or lose much: what is sent on them, and what comes out. */
class PoorLinesTest {

    private static SimulationOptions options(TestInfo test, long seed) {
        return Stages.options(test, seed, TwoGateways.NODES);
    }

    private static Score row(String row, String part, long seed, TestInfo test) {
        return Score.row(row).part(part).seed(seed).shownBy(test);
    }

    private static void expect(boolean condition, TwoGateways.Outcome outcome) {
        if (!condition) {
            throw new AssertionError(outcome.toString());
        }
    }

    private static void narrow(String part, long bits, int messages, long seed, TestInfo test) {
        Score row = row("D16", part, seed, test);
        TwoGateways.Outcome outcome = PoorLines.narrow(options(test, seed), bits, messages, 8_000, Stages::simulation);
        System.out.println("D16 " + part + ", seed " + seed + ": " + outcome);
        boolean passed = outcome.delivered() == 1 && outcome.payloadShare() >= 0.6;
        row.measured(String.format(Locale.ROOT, "%.0f %% payload", 100 * outcome.payloadShare()))
                .passed(passed);
        expect(passed, outcome);
    }

    /** Each message stands for forty of 200 bytes in one envelope. */
    @SeededTest(fixed = 3)
    void sixtyFourKilobitsCarryMostlyMessages(long seed, TestInfo test) {
        narrow("64 kbit/s", 64_000, 60, seed, test);
    }

    /** The queue of that line holds less than one of the largest packets. */
    @SeededTest(fixed = 3)
    void ninePointSixKilobitsAreNotFlooded(long seed, TestInfo test) {
        narrow("9.6 kbit/s", 9_600, 25, seed, test);
    }

    private static void lossy(double loss, double p99Seconds, long seed, TestInfo test) {
        Score row = row("D21", String.format(Locale.ROOT, "%.0f %%", 100 * loss), seed, test)
                .passValue("100 %, p99 < " + (int) p99Seconds + " s");
        TwoGateways.Outcome outcome = PoorLines.lossy(options(test, seed), loss, Stages::simulation);
        System.out.println("D21 " + loss + ", seed " + seed + ": " + outcome);
        boolean passes = outcome.delivered() == 1 && outcome.p99Seconds() < p99Seconds;
        row.measured(String.format(Locale.ROOT, "%.0f %%, p99 %.1f s", 100 * outcome.delivered(), outcome.p99Seconds()))
                .passed(passes);
        expect(passes, outcome);
    }

    @SeededTest
    void aTenthLostIsRepairedWithinTwoSeconds(long seed, TestInfo test) {
        lossy(0.1, 2, seed, test);
    }

    @SeededTest
    void aThirdLostIsRepairedWithinFiveSeconds(long seed, TestInfo test) {
        lossy(0.3, 5, seed, test);
    }

    @SeededTest
    void mostLostIsRepairedWithinTwentySeconds(long seed, TestInfo test) {
        lossy(0.6, 20, seed, test);
    }

    private static void distant(long roundTripMs, String part, long seed, TestInfo test) {
        Score row = row("D22", part, seed, test);
        TwoGateways.Outcome outcome = PoorLines.distant(options(test, seed), roundTripMs, Stages::simulation);
        System.out.println("D22 " + part + ", seed " + seed + ": " + outcome);
        boolean passes = outcome.delivered() == 1 && outcome.sentPerNeeded() <= 1.5;
        row.measured(String.format(
                        Locale.ROOT,
                        "%.0f %%, sent %.2f x needed, p99 %.0f s",
                        100 * outcome.delivered(),
                        outcome.sentPerNeeded(),
                        outcome.p99Seconds()))
                .passed(passes);
        expect(passes, outcome);
    }

    @SeededTest(fixed = 3)
    void aSatelliteIsNotSentWhatIsOnItsWay(long seed, TestInfo test) {
        distant(600, "600 ms", seed, test);
    }

    @SeededTest(fixed = 3)
    void aRoundTripOfSecondsIsWaitedFor(long seed, TestInfo test) {
        distant(5_000, "5 s", seed, test);
    }

    @SeededTest(fixed = 3)
    void aRoundTripOfAMinuteIsWaitedFor(long seed, TestInfo test) {
        distant(60_000, "60 s", seed, test);
    }
}
