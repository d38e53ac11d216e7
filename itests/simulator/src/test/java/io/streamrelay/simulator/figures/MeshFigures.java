// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.ChurnOptions;
import io.streamrelay.simulator.NatKind;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Runs over many seeds what the chapters S1 to S6 do not have: the reference's scenarios in networks as small as its own,
 * beside what it reached, and some of our own.
 */
public final class MeshFigures {

    private static final int SEEDS = 30;
    private static final int SEEDS_OF_LONG_RUNS = 10;
    private static final int SOAK_DAYS = 30;

    private final Section section = new Section();

    private MeshFigures() {}

    /** @param arguments the file whose section is written */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        MeshFigures figures = new MeshFigures();
        figures.section.head();
        figures.comingAndGoing();
        figures.losing();
        figures.section.tail();
        figures.joining();
        figures.punching();
        figures.soak();
        figures.section.writeInto(Path.of(arguments[0]));
    }

    private static <T> List<T> each(int seeds, LongFunction<T> run) {
        return LongStream.rangeClosed(1, seeds).parallel().mapToObj(run).toList();
    }

    private static NatCrowd crowd(String figure, long seed, int nodes) {
        return NatCrowd.formed(SimulationOptions.of(figure, seed, nodes), Simulation::of);
    }

    private void comingAndGoing() {
        departures("restart: each restarts ten times", Departures.RESTART, "46 %", "99.7 %");
        departures("replace: each is replaced ten times", Departures.REPLACE, "9 %", "74 %");
        departures("95 %: each is replaced once", Departures.REPLACE_ONCE, "96 %", "100 %");
        for (Duration away : List.of(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(5))) {
            Samples late = Samples.seconds(
                    each(SEEDS_OF_LONG_RUNS, seed -> LateComer.measured(crowd("figure S3", seed, 20), away)).stream()
                            .mapToLong(Long::longValue)
                            .toArray());
            section.say(
                    "| S3: 20 nodes, subscriber comes %d min after the publisher went, median (worst) | %.1f s (%.1f s) | 1.4 s |"
                            .formatted(away.toMinutes(), late.median(), late.max()));
        }
    }

    private void departures(String name, ChurnOptions options, String atTheEnd, String aMinuteLater) {
        List<Departures> runs =
                each(SEEDS_OF_LONG_RUNS, seed -> Departures.measured(crowd("figure S2", seed, 64), options));
        Share ended =
                runs.stream().map(Departures::atTheEnd).reduce(Share::plus).orElseThrow();
        Share later =
                runs.stream().map(Departures::aMinuteLater).reduce(Share::plus).orElseThrow();
        section.say("| S2, 64 nodes, %s in a minute: hold it at its end | %s | %s |".formatted(name, ended, atTheEnd));
        section.say("| the same, a minute later | %s | %s |".formatted(later, aMinuteLater));
    }

    private void losing() {
        List<String> reference = List.of("99.73 %", "99.69 %", "98.6 %");
        int row = 0;
        for (double loss : new double[] {0, 0.1, 0.3}) {
            Share delivered = each(SEEDS_OF_LONG_RUNS, seed -> FewWithLoss.measured(
                                    SimulationOptions.of("figure S5", seed, FewWithLoss.NODES), loss, Simulation::of)
                            .delivered())
                    .stream()
                    .reduce(Share::plus)
                    .orElseThrow();
            section.say("| S5: 8 nodes, %.0f %% loss: delivered | %s | %s |"
                    .formatted(100 * loss, delivered, reference.get(row++)));
        }
    }

    private void joining() {
        section.table("nodes", "joins and intros a node, first two minutes", "and in each later round");
        for (int nodes = 8; nodes <= 512; nodes *= 4) {
            JoinGrowth growth = JoinGrowth.measured(crowd("figure joins", 1, nodes));
            section.row(nodes, "%.1f".formatted(growth.forming()), "%.1f".formatted(growth.eachRound()));
        }
    }

    private void punching() {
        List<OptionalLong> pairs = each(
                SEEDS,
                seed -> Pair.connectedMs(
                        SimulationOptions.of("figure Pair", seed, Pair.NODES),
                        NatKind.SYMMETRIC,
                        NatKind.PORT_RESTRICTED,
                        Simulation::of));
        long[] connectedMs = pairs.stream().flatMapToLong(OptionalLong::stream).toArray();
        Share share = new Share(connectedMs.length, SEEDS);
        section.say("");
        section.say(
                "A symmetric and a port-restricted NAT, and two nodes in the open: %d of %d pairs connect directly within %d min (95 %% interval: %.0f to %.0f %%)%s."
                        .formatted(
                                connectedMs.length,
                                SEEDS,
                                Pair.BOUND.toMinutes(),
                                100 * share.lower(),
                                100 * share.upper(),
                                connectedMs.length == 0
                                        ? ""
                                        : ", after %.1f s in the median, %.1f s at worst"
                                                .formatted(
                                                        Samples.seconds(connectedMs)
                                                                .median(),
                                                        Samples.seconds(connectedMs)
                                                                .max())));
    }

    private void soak() {
        Soak soak = Soak.started(SimulationOptions.of("figure Soak", 1, Soak.NODES), Simulation::of);
        soak.day();
        long entriesFirst = soak.entries();
        for (int day = 1; day < SOAK_DAYS; day++) {
            soak.day();
        }
        section.say("");
        section.say(
                ("%d virtual days of %d nodes under churn: %,d messages, %,d deliveries, none missing at the end of any day. All"
                                + " tables of the node that was never off: %,d entries after the first day, %,d after the"
                                + " last, %,d at the most.")
                        .formatted(
                                SOAK_DAYS,
                                Soak.NODES,
                                soak.simulation().messages().size(),
                                soak.simulation().witnesses().deliveries().count(),
                                entriesFirst,
                                soak.entries(),
                                soak.entriesMost()));
    }
}
