// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** S6: gateways that meet by chance, beside other ways to route. */
final class MeetingChapter extends Chapter {

    MeetingChapter(int seeds, Figures figures, Page page) {
        super(seeds, figures, page);
    }

    @Override
    void write() {
        List<TraceRun> runs =
                each("S6", seeds(), seed -> TraceRun.measured(options("S6", seed, TraceRun.NODES), Simulation::of));
        List<List<?>> rows = new ArrayList<>();
        List<TraceRun.Fate> fates = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            for (TraceRun.Fate fate : runs.get(run).fates()) {
                fates.add(fate);
                rows.add(List.of(
                        run + 1,
                        fate.ours(),
                        fate.earliest(),
                        fate.epidemic(),
                        fate.sprayAndWait(),
                        fate.oursCopies(),
                        fate.epidemicCopies(),
                        fate.sprayAndWaitCopies(),
                        fate.oursTransfers()));
            }
        }
        figures()
                .csv(
                        "S6",
                        List.of(
                                "seed",
                                "streamrelay_s",
                                "earliest_s",
                                "epidemic_s",
                                "spray_and_wait_s",
                                "streamrelay_copies_mean",
                                "epidemic_copies",
                                "spray_and_wait_copies",
                                "streamrelay_publish_datagrams_mean"),
                        rows);
        figures()
                .plot(
                        "S6",
                        "S6: gateways that meet by chance: messages that have come",
                        "minutes",
                        "share of the messages",
                        false,
                        List.of(
                                arrived("Streamrelay", fates, TraceRun.Fate::ours),
                                arrived("the earliest possible", fates, TraceRun.Fate::earliest),
                                arrived("spray and wait, 8 copies", fates, TraceRun.Fate::sprayAndWait)));
        heading("S6", "gateways that meet by chance", TraceRun.conditions(), TraceRun.NODES);
        say(
                "20 gateways, each third pair meets twice an hour in the mean for half a minute to two minutes, over six hours. 20");
        say(
                "messages from the first to the last within the first two hours; the 18 others carry what they cannot read. Epidemic");
        say("routing and spray and wait are computed on the same contacts with links that take no time.");
        table(
                "",
                "delivered",
                "delay, median",
                "delay, 90 %",
                "copies for each message",
                "transfers for each message",
                "transfers beyond one, for each delivered");
        contest("Streamrelay", fates, TraceRun.Fate::ours, TraceRun.Fate::oursCopies, TraceRun.Fate::oursTransfers);
        delays("the earliest possible, by a scan of the contacts", fates, TraceRun.Fate::earliest, "", "", "");
        contest(
                "epidemic",
                fates,
                TraceRun.Fate::epidemic,
                TraceRun.Fate::epidemicCopies,
                TraceRun.Fate::epidemicCopies);
        contest(
                "spray and wait, 8 copies",
                fates,
                TraceRun.Fate::sprayAndWait,
                TraceRun.Fate::sprayAndWaitCopies,
                TraceRun.Fate::sprayAndWaitCopies);
        say("");
        say(
                "Our transfers are publish datagrams, whoever took them. The others know without asking who lacks what, and a transfer");
        say(
                "takes no time and is never lost, so each is a copy. The last column is what the literature calls overhead ratio. The");
        say("earliest possible is computed apart from epidemic routing; both have to agree.");
    }

    private void contest(
            String name,
            List<TraceRun.Fate> fates,
            ToDoubleFunction<TraceRun.Fate> seconds,
            ToDoubleFunction<TraceRun.Fate> copies,
            ToDoubleFunction<TraceRun.Fate> transfers) {
        double transferred = of(fates, transfers).mean();
        delays(
                name,
                fates,
                seconds,
                "%.1f".formatted(of(fates, copies).mean()),
                "%.1f".formatted(transferred),
                "%.1f".formatted(transferred / came(fates, seconds).value() - 1));
    }

    /** @param costs what it took, a cell each */
    private void delays(
            String name, List<TraceRun.Fate> fates, ToDoubleFunction<TraceRun.Fate> seconds, String... costs) {
        Samples delays = of(fates, seconds);
        List<Object> cells = new ArrayList<>(List.of(
                name,
                came(fates, seconds),
                "%.1f min".formatted(delays.median() / 60),
                "%.1f min".formatted(delays.quantile(0.9) / 60)));
        cells.addAll(List.of(costs));
        row(cells.toArray());
    }

    private static Share came(List<TraceRun.Fate> fates, ToDoubleFunction<TraceRun.Fate> seconds) {
        long came = fates.stream()
                .filter(fate -> Double.isFinite(seconds.applyAsDouble(fate)))
                .count();
        return new Share((int) came, fates.size());
    }

    private static Figures.Line arrived(
            String name, List<TraceRun.Fate> fates, ToDoubleFunction<TraceRun.Fate> seconds) {
        double[] sorted = fates.stream()
                .mapToDouble(seconds)
                .filter(Double::isFinite)
                .map(value -> value / 60)
                .sorted()
                .toArray();
        double[] shares = DoubleStream.iterate(1, rank -> rank <= sorted.length, rank -> rank + 1)
                .map(rank -> rank / fates.size())
                .toArray();
        return new Figures.Line(name, sorted, shares, false);
    }
}
