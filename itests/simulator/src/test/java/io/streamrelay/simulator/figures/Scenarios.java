// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.ChurnOptions;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Runs the headline scenarios S1 to S6 over many seeds and writes what came of them: a page, tables as CSV, pictures.
 * Everything is virtual time, so a busy machine changes no figure but the memory of a node.
 */
public final class Scenarios {

    private static final int NODES = 128;
    private static final int[] SIZES = {16, 32, 64, 128, 256, 512, 1_024};
    private static final int LARGEST_OF_MANY_SEEDS = 128;
    private static final int FEW_SEEDS = 4;
    private static final double[] SHARES = {0.5, 0.9, 0.99, 1};
    private static final double[] REFERENCE_SECONDS = {0.24, 0.34, 10.7};

    private final int seeds;
    private final Figures figures;
    private final Page page = new Page();

    private Scenarios(int seeds, Figures figures) {
        this.seeds = seeds;
        this.figures = figures;
    }

    /** @param arguments the folder to write into, how many seeds, and the names of the scenarios */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Scenarios scenarios = new Scenarios(Integer.parseInt(arguments[1]), new Figures(Path.of(arguments[0])));
        scenarios.head();
        for (String name : arguments[2].split(" ")) {
            scenarios.run(name);
            // What is known is not lost when a later one is given up.
            scenarios.figures.page(scenarios.page);
        }
    }

    private void run(String name) {
        switch (name) {
            case "S1" -> spreading();
            case "S2" -> comingAndGoing();
            case "S3" -> surviving();
            case "S4" -> healing();
            case "S5" -> growing();
            case "S6" -> meeting();
            default -> throw new IllegalArgumentException("scenario " + name + ": there are S1 to S6");
        }
    }

    private static <T> List<T> each(String what, int seeds, LongFunction<T> run) {
        AtomicInteger done = new AtomicInteger();
        return LongStream.rangeClosed(1, seeds)
                .parallel()
                .mapToObj(seed -> {
                    T result = run.apply(seed);
                    System.err.printf("%s: %d of %d seeds%n", what, done.incrementAndGet(), seeds);
                    return result;
                })
                .toList();
    }

    private static NatCrowd crowd(String scenario, long seed, int nodes) {
        return NatCrowd.formed(options(scenario, seed, nodes), Simulation::of, Scale.publicNodes(nodes));
    }

    private static SimulationOptions options(String scenario, long seed, int nodes) {
        return SimulationOptions.of("scenario " + scenario, seed, nodes);
    }

    private static <T> Samples of(List<T> runs, ToDoubleFunction<T> value) {
        return Samples.of(runs.stream().mapToDouble(value));
    }

    private void head() {
        say("# Meshes in virtual time");
        say("");
        say("Written by `itests/benchmarks/run meshes %d` on %s: the production engine, unchanged, in the simulator"
                .formatted(seeds, LocalDate.now()));
        say(
                "([itests/simulator](../../simulator/README.md)), %d seeds each unless a row says otherwise. Networks as the reference"
                        .formatted(seeds));
        say(
                "was measured in: 10 to 100 ms one way, NAT mappings of 30 s, 30 % of the nodes behind symmetric NATs and the");
        say(
                "others behind restricted cones, one NAT device each, types found and not told, half of the nodes subscribed,");
        say(
                "started within 5 s, formed for two minutes. One node in 32, three at the least, is public and subscribed to");
        say("nothing; each other one is told of three of these. Options of a run: `%s`."
                .formatted(options("S1", 1, NODES)));
        say("A publication has 200 bytes of plaintext. The reference's figures are those of the unmodified");
        say(
                "reference in the same kind of network, over 10 seeds. Every run's figures are in the CSV files beside this page.");
        say("What is missing here was not run, or not to its end: `run meshes SEEDS \"S1 S2 …\"`.");
    }

    private void spreading() {
        List<Spread> runs = each("S1", seeds, seed -> Spread.measured(crowd("S1", seed, NODES)));
        List<List<?>> rows = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            Spread spread = runs.get(run);
            rows.add(List.of(
                    run + 1,
                    spread.secondsTo(0.5),
                    spread.secondsTo(0.9),
                    spread.secondsTo(0.99),
                    spread.secondsTo(1),
                    spread.datagramsEach(),
                    spread.sendsEach(),
                    spread.hopsMost()));
        }
        figures.csv(
                "S1",
                List.of("seed", "t50_s", "t90_s", "t99_s", "t100_s", "datagrams_each", "sends_each", "hops_most"),
                rows);
        double[] moments = IntStream.rangeClosed(1, 60)
                .mapToDouble(step -> 0.01 * Math.pow(1.12, step))
                .toArray();
        double[] median = shares(runs, moments, 0.5);
        figures.plot(
                "S1",
                "S1: 128 nodes, one publication: share of subscribers that have it",
                "seconds",
                "share",
                true,
                List.of(
                        new Figures.Line("median of the seeds", moments, median, false),
                        new Figures.Line("worst seed", moments, shares(runs, moments, 0), false),
                        new Figures.Line("reference (median)", REFERENCE_SECONDS, new double[] {0.5, 0.9, 1}, true)));
        heading("S1: one publication to 63 subscribers among 128 nodes", "S1");
        table("", "median", "worst seed", "reference", "aim");
        String[] references = {"0.24 s", "0.34 s", "", "10.7 s (worst 51.6 s)"};
        String[] aims = {"", "", "", "1 s (worst 2.5 s)"};
        for (int row = 0; row < SHARES.length; row++) {
            double share = SHARES[row];
            Samples seconds = of(runs, run -> run.secondsTo(share));
            row(
                    "%.0f %% have it after".formatted(100 * share),
                    "%.2f s".formatted(seconds.median()),
                    "%.2f s".formatted(seconds.max()),
                    references[row],
                    aims[row] + (row == 3 ? verdict(seconds.median() < 1 && seconds.max() < 2.5) : ""));
        }
        row("publish datagrams for each subscriber", number(of(runs, Spread::datagramsEach)), "", "11.0", "");
        row("publish datagrams for each node that lacked it", number(of(runs, Spread::sendsEach)), "", "", "");
        row(
                "most hops",
                "%.0f".formatted(of(runs, Spread::hopsMost).median()),
                "%.0f".formatted(of(runs, Spread::hopsMost).max()),
                "9",
                "");
    }

    private static double[] shares(List<Spread> runs, double[] moments, double quantile) {
        return Arrays.stream(moments)
                .map(moment -> Samples.of(runs.stream().mapToDouble(run -> run.reachedBy(moment)))
                        .quantile(quantile))
                .toArray();
    }

    private void comingAndGoing() {
        heading("S2: everybody comes and goes for a minute", null);
        say(
                "128 nodes; a packet is published when the minute begins. A restart takes 0.5 s in the mean (our own guess).");
        table(
                "share of the subscribers online that hold it",
                "at the end",
                "worst seed",
                "a minute later",
                "reference",
                "aim");
        List<List<?>> rows = new ArrayList<>();
        departures(rows, "each restarts ten times, 1000 %", Departures.RESTART, "46 %, later 99.7 %", 0.99);
        departures(rows, "each is replaced ten times", Departures.REPLACE, "9 %, later 74 %", 0.90);
        departures(rows, "each is replaced once", Departures.REPLACE_ONCE, "96 %, later 100 %", 0);
        figures.csv("S2", List.of("way", "seed", "at_the_end", "a_minute_later"), rows);
    }

    private void departures(List<List<?>> rows, String way, ChurnOptions churn, String reference, double aim) {
        List<Departures> runs = each("S2 " + way, seeds, seed -> Departures.measured(crowd("S2", seed, NODES), churn));
        for (int run = 0; run < runs.size(); run++) {
            rows.add(List.of(
                    way,
                    run + 1,
                    runs.get(run).atTheEnd().value(),
                    runs.get(run).aMinuteLater().value()));
        }
        Share end = runs.stream().map(Departures::atTheEnd).reduce(Share::plus).orElseThrow();
        Share later =
                runs.stream().map(Departures::aMinuteLater).reduce(Share::plus).orElseThrow();
        Samples all = of(runs, run -> -run.atTheEnd().value());
        row(
                way,
                end,
                "%.1f %%".formatted(-100 * all.max()),
                later,
                reference,
                aim == 0 ? "" : "%.0f %%".formatted(100 * aim) + verdict(end.value() >= aim));
    }

    private void surviving() {
        heading("S3: the sender goes at once for good", null);
        say(
                "Caches of 16 MB. Everybody but the public nodes is switched off three times a day for an hour in the mean.");
        table("", "seeds", "the packet is still there", "subscribers up that hold it", "reference's claim");
        List<List<?>> rows = new ArrayList<>();
        survival(rows, NODES, Duration.ofHours(24), FEW_SEEDS, "100 % of 1,024 nodes");
        survival(rows, 1_024, Duration.ofHours(1), FEW_SEEDS, "");
        figures.csv("S3", List.of("nodes", "hours", "seed", "survives", "held"), rows);
    }

    private void survival(List<List<?>> rows, int nodes, Duration over, int runsWanted, String claim) {
        String what = "%,d nodes, %d h".formatted(nodes, over.toHours());
        List<Survival> runs = each("S3 " + what, runsWanted, seed -> Survival.measured(crowd("S3", seed, nodes), over));
        for (int run = 0; run < runs.size(); run++) {
            rows.add(List.of(
                    nodes,
                    over.toHours(),
                    run + 1,
                    runs.get(run).survives(),
                    runs.get(run).held().value()));
        }
        long survived = runs.stream().filter(Survival::survives).count();
        Share held = runs.stream().map(Survival::held).reduce(Share::plus).orElseThrow();
        row(what, runs.size(), new Share((int) survived, runs.size()), held, claim);
    }

    private void healing() {
        List<SplitHalves> runs = each("S4", seeds, seed -> SplitHalves.measured(crowd("S4", seed, 48)));
        List<List<?>> rows = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            SplitHalves halves = runs.get(run);
            rows.add(List.of(run + 1, halves.completeMs() / 1e3, halves.datagramsEach(), halves.bytesOverMissing()));
        }
        figures.csv("S4", List.of("seed", "complete_s", "datagrams_each", "bytes_over_missing"), rows);
        double[] sorted = runs.stream()
                .mapToDouble(run -> run.completeMs() / 1e3)
                .sorted()
                .toArray();
        double[] ranks = IntStream.rangeClosed(1, sorted.length)
                .mapToDouble(rank -> (double) rank / sorted.length)
                .toArray();
        figures.plot(
                "S4",
                "S4: 48 nodes in two halves for ten minutes: complete after healing",
                "seconds",
                "share of the seeds",
                true,
                List.of(
                        new Figures.Line("Streamrelay", sorted, ranks, false),
                        new Figures.Line(
                                "reference (median, worst)", new double[] {68, 184}, new double[] {0.5, 1}, true)));
        heading("S4: two halves for ten minutes, 100 messages in each, healed", "S4");
        table("48 nodes", "median", "worst seed", "reference", "aim");
        Samples complete = of(runs, run -> run.completeMs() / 1e3);
        row(
                "all have all after",
                "%.1f s".formatted(complete.median()),
                "%.1f s".formatted(complete.max()),
                "68 s (worst 184 s)",
                "5 s" + verdict(complete.median() < 5));
        Samples over = of(runs, SplitHalves::bytesOverMissing);
        row(
                "bytes of packets sent, by those that were missing, carriers included",
                "%.2f".formatted(over.median()),
                "%.2f".formatted(over.max()),
                "",
                "1.5" + verdict(over.median() <= 1.5));
        row("publish datagrams for each delivery", number(of(runs, SplitHalves::datagramsEach)), "", "12.2", "");
    }

    private void growing() {
        List<List<?>> rows = new ArrayList<>();
        List<double[]> means = new ArrayList<>();
        heading("S5: by the size of the network", "S5");
        table(
                "nodes",
                "seeds",
                "t50",
                "t100, median",
                "most hops, median",
                "log2 n + ln n",
                "sends for each node that lacked it",
                "idle, bytes/s a node",
                "peers",
                "path",
                "clustering",
                "reachable");
        for (int nodes : SIZES) {
            int count = nodes <= LARGEST_OF_MANY_SEEDS ? seeds : Math.min(seeds, FEW_SEEDS);
            List<Scale> runs = each("S5 " + nodes, count, seed -> Scale.measured(crowd("S5", seed, nodes)));
            for (int run = 0; run < runs.size(); run++) {
                Scale scale = runs.get(run);
                rows.add(List.of(
                        nodes,
                        run + 1,
                        scale.spread().secondsTo(0.5),
                        scale.spread().secondsTo(1),
                        scale.spread().hopsMost(),
                        scale.spread().sendsEach(),
                        scale.idle().datagrams(),
                        scale.idle().bytes(),
                        scale.world().peers(),
                        scale.world().pathLength(),
                        scale.world().clustering(),
                        scale.world().reachable()));
            }
            double hops = of(runs, run -> run.spread().hopsMost()).median();
            double idle = of(runs, run -> run.idle().bytes()).median();
            means.add(new double[] {nodes, hops, idle, Scale.roundsExpected(nodes)});
            row(
                    "%,d".formatted(nodes),
                    count,
                    "%.2f s"
                            .formatted(
                                    of(runs, run -> run.spread().secondsTo(0.5)).median()),
                    "%.2f s"
                            .formatted(
                                    of(runs, run -> run.spread().secondsTo(1)).median()),
                    "%.0f".formatted(hops),
                    "%.1f".formatted(Scale.roundsExpected(nodes)),
                    number(of(runs, run -> run.spread().sendsEach())),
                    "%.0f".formatted(idle),
                    number(of(runs, run -> run.world().peers())),
                    number(of(runs, run -> run.world().pathLength())),
                    number(of(runs, run -> run.world().clustering())),
                    "%.1f %%"
                            .formatted(100
                                    * of(runs, run -> run.world().reachable()).median()));
        }
        figures.csv(
                "S5",
                List.of(
                        "nodes",
                        "seed",
                        "t50_s",
                        "t100_s",
                        "hops_most",
                        "sends_each",
                        "idle_datagrams_s",
                        "idle_bytes_s",
                        "peers",
                        "path",
                        "clustering",
                        "reachable"),
                rows);
        figures.plot(
                "S5",
                "S5: most hops of a packet, by the number of nodes",
                "nodes",
                "hops",
                true,
                List.of(
                        new Figures.Line("Streamrelay (median)", column(means, 0), column(means, 1), false),
                        new Figures.Line("log2 n + ln n", column(means, 0), column(means, 3), false)));
        figures.plot(
                "S5-idle",
                "S5: what a node sends when nothing is published",
                "nodes",
                "bytes/s",
                true,
                List.of(new Figures.Line("Streamrelay (median)", column(means, 0), column(means, 2), false)));
        say("");
        say("![bytes a second when idle](S5-idle.png)");
        say("");
        say(
                "gossipsub's published redundancy is 6.3 sends for each delivery; the aim here is 2. The reference's peers send 4,000");
        say("bytes a second when idle among 16, 146,000 among 128; the aim is 50 with ten peers.");
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }

    private void meeting() {
        List<TraceRun> runs =
                each("S6", seeds, seed -> TraceRun.measured(options("S6", seed, TraceRun.NODES), Simulation::of));
        List<List<?>> rows = new ArrayList<>();
        List<TraceRun.Fate> fates = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            for (TraceRun.Fate fate : runs.get(run).fates()) {
                fates.add(fate);
                rows.add(List.of(run + 1, fate.ours(), fate.epidemic(), fate.sprayAndWait()));
            }
        }
        figures.csv("S6", List.of("seed", "streamrelay_s", "epidemic_s", "spray_and_wait_s"), rows);
        figures.plot(
                "S6",
                "S6: gateways that meet by chance: messages that have come",
                "minutes",
                "share of the messages",
                false,
                List.of(
                        arrived("Streamrelay", fates, TraceRun.Fate::ours),
                        arrived("epidemic, the earliest possible", fates, TraceRun.Fate::epidemic),
                        arrived("spray and wait, 8 copies", fates, TraceRun.Fate::sprayAndWait)));
        heading("S6: gateways that meet by chance", "S6");
        say(
                "20 gateways, each third pair meets twice an hour in the mean for half a minute to two minutes, over six hours. 20");
        say(
                "messages from the first to the last within the first two hours; the 18 others carry what they cannot read. Epidemic");
        say("routing and spray and wait are computed on the same contacts with links that take no time.");
        table("", "delivered", "delay, median", "delay, 90 %", "copies for each message");
        contest("Streamrelay", fates, TraceRun.Fate::ours, TraceRun.Fate::oursCopies);
        contest(
                "epidemic, which is the earliest possible",
                fates,
                TraceRun.Fate::epidemic,
                TraceRun.Fate::epidemicCopies);
        contest("spray and wait, 8 copies", fates, TraceRun.Fate::sprayAndWait, TraceRun.Fate::sprayAndWaitCopies);
        say("");
        say("Ours are %s publish datagrams for each message in the median, whoever took them."
                .formatted(number(of(runs, TraceRun::sendsEach))));
    }

    private void contest(
            String name,
            List<TraceRun.Fate> fates,
            ToDoubleFunction<TraceRun.Fate> seconds,
            ToDoubleFunction<TraceRun.Fate> copies) {
        long came = fates.stream()
                .filter(fate -> Double.isFinite(seconds.applyAsDouble(fate)))
                .count();
        Samples delays = of(fates, seconds);
        row(
                name,
                new Share((int) came, fates.size()),
                "%.1f min".formatted(delays.median() / 60),
                "%.1f min".formatted(delays.quantile(0.9) / 60),
                "%.1f".formatted(of(fates, copies).mean()));
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

    private static String verdict(boolean met) {
        return met ? ": met" : ": **missed**";
    }

    private static String number(Samples samples) {
        return "%.2f".formatted(samples.median());
    }

    private void heading(String text, String picture) {
        say("");
        say("## " + text);
        say("");
        if (picture != null) {
            say("![" + text + "](" + picture + ".png)");
            say("");
        }
    }

    private void table(String... headings) {
        page.table(headings);
    }

    private void row(Object... cells) {
        page.row(cells);
    }

    private void say(String line) {
        page.say(line);
    }
}
