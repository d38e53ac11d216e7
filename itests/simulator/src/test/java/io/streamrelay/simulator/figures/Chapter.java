// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.SimulationOptions;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** One scenario's part of the page: its runs, what came of them, and the tables and pictures beside it. */
abstract class Chapter {

    static final int NODES = 128;

    private final int seeds;
    private final Figures figures;
    private final Page page;

    /** @param seeds how many runs there are unless the chapter says otherwise */
    Chapter(int seeds, Figures figures, Page page) {
        this.seeds = seeds;
        this.figures = figures;
        this.page = page;
    }

    /** Runs the scenario and writes what came of it. */
    abstract void write();

    final int seeds() {
        return seeds;
    }

    final Figures figures() {
        return figures;
    }

    /** One run for each seed, from 1 on. */
    static <T> List<T> each(String what, int seeds, LongFunction<T> run) {
        return all(
                what,
                LongStream.rangeClosed(1, seeds)
                        .<Supplier<T>>mapToObj(seed -> () -> run.apply(seed))
                        .toList());
    }

    /** As many at once as there are processors; the first ones are begun first. */
    static <T> List<T> all(String what, List<Supplier<T>> runs) {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            AtomicInteger done = new AtomicInteger();
            List<CompletableFuture<T>> futures = runs.stream()
                    .map(run -> CompletableFuture.supplyAsync(
                            () -> {
                                T result = run.get();
                                System.err.printf("%s: %d of %d runs%n", what, done.incrementAndGet(), runs.size());
                                return result;
                            },
                            threads))
                    .toList();
            return futures.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    static NatCrowd crowd(String scenario, long seed, int nodes) {
        return NatCrowd.formed(options(scenario, seed, nodes), Simulation::of, Scale.publicNodes(nodes));
    }

    static SimulationOptions options(String scenario, long seed, int nodes) {
        return SimulationOptions.of(SimulationOptions.CHAPTER + scenario, seed, nodes);
    }

    static <T> Samples of(List<T> runs, ToDoubleFunction<T> value) {
        return Samples.of(runs.stream().mapToDouble(value));
    }

    static String verdict(boolean met) {
        return met ? ": met" : ": **missed**";
    }

    static String number(Samples samples) {
        return "%.2f".formatted(samples.median());
    }

    /**
     * @param name that of the scenario, its options and its picture
     * @param conditions what the scenario sets beside the options, in one line
     * @param nodes of its networks, the smallest first
     */
    final void heading(String name, String text, String conditions, int... nodes) {
        say("");
        say("## %s: %s".formatted(name, text));
        say("");
        say("`run meshes %d \"%s\"`, %s; %d seeds unless a row says otherwise."
                .formatted(seeds, name, LocalDate.now(), seeds));
        say("Options of its runs, but for the seed%s: `%s`."
                .formatted(nodes.length == 1 ? "" : ", with " + join(nodes) + " nodes", options(name, 1, nodes[0])));
        say("Set by the scenario: `%s`.".formatted(conditions));
        say("");
        say("![%s: %s](%s.png)".formatted(name, text, name));
        say("");
    }

    static String join(int... numbers) {
        return Arrays.stream(numbers).mapToObj("%,d"::formatted).collect(Collectors.joining(", "));
    }

    /** What each seed came to, the least first, as a line over the share of the seeds that came to no more. */
    static <T> Figures.Line sorted(String name, List<T> runs, ToDoubleFunction<T> value) {
        double[] values = runs.stream().mapToDouble(value).sorted().toArray();
        double[] ranks = IntStream.rangeClosed(1, values.length)
                .mapToDouble(rank -> (double) rank / values.length)
                .toArray();
        return new Figures.Line(name, ranks, values, false);
    }

    final void table(String... headings) {
        page.table(headings);
    }

    final void row(Object... cells) {
        page.row(cells);
    }

    final void say(String line) {
        page.say(line);
    }
}
