// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.api.Id;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Settings;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.TestInfo;

/** A carrier with less room than there is to carry, for a receiver that comes back after days. */
class SmallCarrierTest {

    private static final long ROOM_BYTES = 100_000;

    /** What the engine takes an entry to cost beside its bytes. */
    private static final int OVERHEAD_BYTES = 400;

    private static final int MESSAGES = 300;

    @SeededTest
    void receiverThatWasAwayForDaysGetsWhatThePolicyKeptAndIsToldOfTheRest(long seed, TestInfo test) {
        Score kept = Score.row("D9")
                .part("kept set")
                .passValue("the newest that fit, exactly")
                .seed(seed)
                .shownBy(test);
        Simulation simulation = Stages.simulation(Stages.options(test, seed, 3));
        Arrivals arrivals = new Arrivals(1, simulation::nowMs);
        simulation.watch(arrivals);
        OrderedReceiver receiver = new OrderedReceiver(simulation, SubclusterOptions.DEFAULT_ORDER_WAIT);
        simulation.watch(receiver);
        simulation.configure(0, config -> Settings.carrying(config, ROOM_BYTES));
        simulation.configure(1, config -> Settings.carrying(config, ROOM_BYTES));
        simulation.bootstrap(0, 1);
        simulation.bootstrap(2, 1);
        simulation.subscribe("members", 2);
        simulation.start(0, 1);
        simulation.run(Duration.ofSeconds(15));
        for (int count = 0; count < MESSAGES; count++) {
            simulation.publish(0, "members", 500, Duration.ofDays(30));
            simulation.run(Duration.ofMinutes(15));
        }
        simulation.crash(0);
        Set<Id> expected = newestThatFit(arrivals);
        Set<Id> held = Set.copyOf(simulation.node(1).store().packetIds());
        simulation.start(2);
        simulation.run(Duration.ofMinutes(2));
        int got = simulation.witnesses().deliveries().count();
        String figure =
                held.size() + " kept, " + expected.size() + " by the policy, " + got + " delivered, of " + MESSAGES;
        simulation.expect(
                kept.measured(figure + (held.equals(expected) ? "; the same" : "; not the same"))
                        .passed(held.equals(expected) && got == expected.size()),
                figure);
        report(simulation, receiver, seed, test);
    }

    private static void report(Simulation simulation, OrderedReceiver receiver, long seed, TestInfo test) {
        receiver.expire();
        List<Integer> known = new ArrayList<>(receiver.handedOn());
        receiver.gaps().forEach(gap -> LongStream.rangeClosed(gap.from(), gap.to())
                .forEach(place -> known.add((int) place - 1)));
        Collections.sort(known);
        int missing = MESSAGES - receiver.handedOn().size();
        boolean isAll = known.equals(IntStream.range(0, MESSAGES).boxed().toList());
        String figure = receiver.handedOn().size() + " got, "
                + (known.size() - receiver.handedOn().size()) + " reported in "
                + receiver.gaps().size() + " gaps, of " + MESSAGES + (isAll ? "; each once" : "; not each once");
        simulation.expect(
                Score.row("D9")
                        .part("gap report")
                        .passValue("lists the other " + missing)
                        .measured(figure)
                        .seed(seed)
                        .shownBy(test)
                        .passed(isAll && missing > 0),
                figure);
    }

    private static Set<Id> newestThatFit(Arrivals arrivals) {
        List<Id> order = arrivals.order();
        Set<Id> fit = new LinkedHashSet<>();
        long bytes = 0;
        for (int i = order.size() - 1; i >= 0; i--) {
            bytes += arrivals.bytes(order.get(i)) + OVERHEAD_BYTES;
            if (bytes > ROOM_BYTES) {
                break;
            }
            fit.add(order.get(i));
        }
        return fit;
    }
}
