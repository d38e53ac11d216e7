// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.simulator.figures.Departures;
import io.streamrelay.simulator.figures.FewWithLoss;
import io.streamrelay.simulator.figures.LateComer;
import io.streamrelay.simulator.figures.NatCrowd;
import io.streamrelay.simulator.figures.SplitHalves;
import io.streamrelay.simulator.figures.Spread;
import io.streamrelay.simulator.figures.Survival;
import io.streamrelay.simulator.figures.TraceRun;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.TestInfo;

/**
 * The scenarios S1 to S6 on a few seeds and on smaller networks, against what they came to when the bounds were set;
 * itests/FIGURES.md and itests/benchmarks/meshes have them on many seeds.
 */
class MeshScenariosTest {

    private static NatCrowd crowd(long seed, TestInfo test, int nodes) {
        return NatCrowd.formed(Stages.options(test, seed, nodes), Stages::simulation);
    }

    /** Measured on these: all after 1.02 s in the worst one, and 2.06 sends for each. */
    @SeededTest(fixed = 4)
    void onePublicationReachesAllSoonAndIsSentNoMoreThanTwiceOrSo(long seed, TestInfo test) {
        NatCrowd crowd = crowd(seed, test, 64);
        Spread spread = Spread.measured(crowd);
        crowd.simulation().expect(spread.secondsTo(1) < 1.17 && spread.sendsEach() < 2.3, spread.toString());
    }

    /** Measured: all hold it, at the end and a minute later; the aim is 99 %. */
    @SeededTest(fixed = 2)
    void everySubscriberHoldsAPacketAfterAMinuteOfRestarts(long seed, TestInfo test) {
        NatCrowd crowd = crowd(seed, test, 32);
        Departures seen = Departures.measured(crowd, Departures.RESTART);
        crowd.simulation()
                .expect(seen.atTheEnd().value() >= 0.99 && seen.aMinuteLater().value() == 1, seen.toString());
    }

    /** Measured: 96.7 % at the end; the aim is 90 %. */
    @SeededTest(fixed = 1)
    void mostSubscribersHoldAPacketAlthoughEachIsReplacedTenTimesInAMinute(long seed, TestInfo test) {
        NatCrowd crowd = crowd(seed, test, 64);
        Departures seen = Departures.measured(crowd, Departures.REPLACE);
        crowd.simulation()
                .expect(seen.atTheEnd().value() >= 0.9 && seen.aMinuteLater().value() == 1, seen.toString());
    }

    /** Measured: 0.2 s. */
    @SeededTest(fixed = 2)
    void lateSubscriberGetsWhatAPublisherLeftWhoHasGoneForGood(long seed, TestInfo test) {
        NatCrowd crowd = crowd(seed, test, 20);
        long tookMs = LateComer.measured(crowd, Duration.ofHours(1));
        crowd.simulation().expect(tookMs < 230, "it took " + tookMs + " ms");
    }

    /** Measured: all have it; a newcomer that has just come may not. */
    @SeededTest(fixed = 2)
    void aPacketOutlivesItsSenderAmongNodesThatComeAndGo(long seed, TestInfo test) {
        NatCrowd crowd = crowd(seed, test, 32);
        Survival seen = Survival.measured(crowd, Duration.ofHours(6), 256 << 10, 48, moment -> true);
        crowd.simulation().expect(seen.held().value() >= 0.95, seen.held() + " of the nodes up have it");
    }

    /** Measured on these: after 2.6 s in the worst one, with 1.57 bytes for each of the missing payload. */
    @SeededTest(fixed = 2)
    void halvesThatWereApartForTenMinutesAreSoonCompleteAndSendLittleForIt(long seed, TestInfo test) {
        NatCrowd crowd = crowd(seed, test, 24);
        SplitHalves healed = SplitHalves.measured(crowd);
        crowd.simulation().expect(healed.completeMs() < 2_900 && healed.bytesOverPayload() < 1.8, healed.toString());
    }

    @SeededTest(fixed = 2)
    void aThirdOfAllLostLosesNoMessage(long seed, TestInfo test) {
        SimulationOptions options = Stages.options(test, seed, FewWithLoss.NODES);
        FewWithLoss few = FewWithLoss.measured(options, 0.3, Stages::simulation);
        few.simulation().expect(few.delivered().value() == 1, few.delivered() + " delivered");
    }

    /** What is possible is found by a scan of the contacts. Measured: 9.6 s later at the most, 77 publish datagrams each. */
    @SeededTest(fixed = 1)
    void gatewaysThatMeetByChanceDeliverAsMuchAsIsPossible(long seed, TestInfo test) {
        List<TraceRun.Fate> fates = TraceRun.measured(Stages.options(test, seed, TraceRun.NODES), Stages::simulation)
                .fates();
        double ours = delivered(fates, TraceRun.Fate::ours);
        double possible = delivered(fates, TraceRun.Fate::earliest);
        assertTrue(possible > 0.5, () -> "the trace lets too little through to say anything: " + possible);
        assertTrue(ours >= possible - 0.02, () -> ours + " delivered of " + possible);
        double late = fates.stream()
                .filter(fate -> Double.isFinite(fate.ours()))
                .mapToDouble(fate -> fate.ours() - fate.earliest())
                .max()
                .orElseThrow();
        assertTrue(late < 11, () -> late + " s later than possible");
        double transfers = fates.get(0).oursTransfers();
        assertTrue(transfers < 88, () -> transfers + " publish datagrams for each message");
    }

    private static double delivered(List<TraceRun.Fate> fates, ToDoubleFunction<TraceRun.Fate> seconds) {
        return fates.stream().mapToDouble(seconds).filter(Double::isFinite).count() / (double) fates.size();
    }

    /** Measured: 53.6 bytes a second among 64 nodes, 54.1 among 32. */
    @SeededTest(fixed = 1)
    void aNodeOfALargerNetworkSendsLittleMoreWhenIdle(long seed, TestInfo test) {
        double few = crowd(seed, test, 32).idle().bytes();
        NatCrowd crowd = crowd(seed, test, 64);
        double many = crowd.idle().bytes();
        crowd.simulation()
                .expect(many < 1.1 * few && many < 60, many + " bytes/s a node among 64, " + few + " among 32");
    }
}
