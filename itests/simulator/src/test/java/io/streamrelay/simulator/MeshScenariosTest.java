// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.simulator.figures.Departures;
import io.streamrelay.simulator.figures.FewWithLoss;
import io.streamrelay.simulator.figures.LateComer;
import io.streamrelay.simulator.figures.NatCrowd;
import io.streamrelay.simulator.figures.SplitHalves;
import io.streamrelay.simulator.figures.Spread;
import java.time.Duration;
import org.junit.jupiter.api.TestInfo;

/** The scenarios S1 to S5 that the reference was measured with, on a few seeds; itests/FIGURES.md has them on many. */
class MeshScenariosTest {

    private static NatCrowd crowd(long seed, TestInfo test, int nodes) {
        return NatCrowd.formed(Stages.options(test, seed, nodes), Stages::simulation);
    }

    /** Measured over many seeds: all after 2.3 s in the worst one of 128 nodes, and 1.9 sends for each. */
    @SeededTest(fixed = 4)
    void onePublicationReachesAllSoonAndIsSentNoMoreThanTwiceOrSo(long seed, TestInfo test) {
        NatCrowd crowd = crowd(seed, test, 64);
        Spread spread = Spread.measured(crowd);
        crowd.simulation().expect(spread.secondsTo(1) < 5 && spread.sendsEach() < 2.5, spread.toString());
    }

    @SeededTest(fixed = 2)
    void everySubscriberHoldsAPacketAMinuteAfterAMinuteOfRestarts(long seed, TestInfo test) {
        NatCrowd crowd = crowd(seed, test, 32);
        Departures seen = Departures.measured(crowd, Departures.RESTART);
        crowd.simulation().expect(seen.aMinuteLater().value() == 1, seen.toString());
    }

    @SeededTest(fixed = 2)
    void lateSubscriberGetsWhatAPublisherLeftWhoHasGoneForGood(long seed, TestInfo test) {
        NatCrowd crowd = crowd(seed, test, 20);
        long tookMs = LateComer.measured(crowd, Duration.ofHours(1));
        crowd.simulation().expect(tookMs < 20_000, "it took " + tookMs + " ms");
    }

    @SeededTest(fixed = 2)
    void halvesThatWereApartForTenMinutesAreSoonComplete(long seed, TestInfo test) {
        NatCrowd crowd = crowd(seed, test, 24);
        SplitHalves healed = SplitHalves.measured(crowd);
        crowd.simulation().expect(healed.completeMs() < 68_000, "it took " + healed);
    }

    @SeededTest(fixed = 2)
    void aThirdOfAllLostLosesNoMessage(long seed, TestInfo test) {
        SimulationOptions options = Stages.options(test, seed, FewWithLoss.NODES);
        FewWithLoss few = FewWithLoss.measured(options, 0.3, Stages::simulation);
        few.simulation().expect(few.delivered().value() == 1, few.delivered() + " delivered");
    }
}
