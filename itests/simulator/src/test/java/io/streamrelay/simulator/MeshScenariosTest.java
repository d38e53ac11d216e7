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
import io.streamrelay.simulator.figures.SteadyMesh;
import io.streamrelay.simulator.figures.Survival;
import io.streamrelay.simulator.figures.TraceRun;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
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

    /** Measured: 1.66 sends for each delivery, all delivered; the aim is 2, gossipsub's figure 6.3. */
    @SeededTest(fixed = 2)
    void aSteadyMeshSendsHardlyMoreThanItDelivers(long seed, TestInfo test) {
        steady(seed, test, SteadyMesh.Pace.SELDOM, 1.8);
    }

    /** Measured: 1.59 sends for each delivery, all delivered. */
    @SeededTest(fixed = 1)
    void aSteadyMeshSendsHardlyMoreThanItDeliversWhenMuchIsUnderWay(long seed, TestInfo test) {
        steady(seed, test, SteadyMesh.Pace.OFTEN, 1.8);
    }

    private static void steady(long seed, TestInfo test, SteadyMesh.Pace pace, double sendsMax) {
        NatCrowd crowd = NatCrowd.allSubscribed(Stages.options(test, seed, 48), Stages::simulation, 3);
        SteadyMesh seen = SteadyMesh.measured(crowd, pace);
        crowd.simulation()
                .expect(
                        seen.sendsEach() < sendsMax && seen.delivered().value() == 1,
                        seen.sendsEach() + " sends each, delivered: " + seen.delivered());
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

    /** Among 24 seeds measured: 1.7 to 4.4 s, and up to 2.05 bytes for each of the missing payload; the aim is 5 s. */
    @SeededTest(fixed = 2)
    void halvesThatWereApartForTenMinutesAreSoonCompleteAndSendLittleForIt(long seed, TestInfo test) {
        NatCrowd crowd = crowd(seed, test, 24);
        SplitHalves healed = SplitHalves.measured(crowd);
        crowd.simulation().expect(healed.completeMs() < 5_000 && healed.bytesOverPayload() < 2.2, healed.toString());
    }

    /** One seed says little. Measured: 2.4 s and 1.6 bytes in the median. */
    @Test
    void halvesAreSoonCompleteInTheMedianOfSomeSeeds(TestInfo test) {
        List<SplitHalves> healed = LongStream.rangeClosed(1, 6)
                .mapToObj(seed -> SplitHalves.measured(crowd(seed, test, 24)))
                .toList();
        double medianMs = median(healed, SplitHalves::completeMs);
        assertTrue(medianMs < 2_900, () -> medianMs + " ms in the median of " + healed);
        double medianBytes = median(healed, SplitHalves::bytesOverPayload);
        assertTrue(medianBytes < 1.8, () -> medianBytes + " bytes in the median of " + healed);
    }

    private static double median(List<SplitHalves> healed, ToDoubleFunction<SplitHalves> figure) {
        double[] sorted = healed.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
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
