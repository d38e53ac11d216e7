// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** S3: a packet whose sender has gone for good. */
final class SurvivalChapter extends Chapter {

    /**
     * What is measured of networks of one size.
     *
     * @param runs each with a seed of its own, from 1 on
     * @param claim the reference's
     */
    private record Network(int nodes, Duration over, int runs, String claim) {

        String name() {
            return "%,d nodes, %d h".formatted(nodes, over.toHours());
        }
    }

    /** Of 128 nodes: a day of them takes a minute or two. Our own choice. */
    private static final int SEEDS = 8;

    SurvivalChapter(int seeds, Figures figures, Page page) {
        super(seeds, figures, page);
    }

    @Override
    void write() {
        List<Network> largestFirst = List.of(
                new Network(1_024, Duration.ofHours(24), 1, "100 %"),
                new Network(NODES, Duration.ofHours(24), Math.min(seeds(), SEEDS), ""));
        List<Survival> runs =
                all("S3", largestFirst.stream().flatMap(SurvivalChapter::runs).toList());
        heading("S3: the sender goes at once for good", null);
        say(
                "Caches of 16 MB. Everybody but the public nodes is switched off three times a day for an hour in the mean.");
        table("", "seeds", "the packet is still there", "subscribers up that hold it", "reference's claim");
        List<List<?>> rows = new ArrayList<>();
        int first = 0;
        for (Network network : largestFirst) {
            survival(rows, network, runs.subList(first, first + network.runs()));
            first += network.runs();
        }
        say("");
        say("10,000 nodes are not measured: less than an hour of them had passed after 100 minutes of computing.");
        figures().csv("S3", List.of("nodes", "hours", "seed", "survives", "held"), rows);
    }

    private static Stream<Supplier<Survival>> runs(Network network) {
        return LongStream.rangeClosed(1, network.runs())
                .mapToObj(seed -> () -> Survival.measured(
                        crowd("S3", seed, network.nodes()),
                        network.over(),
                        hours -> System.err.printf("S3: %s, seed %d: %d h%n", network.name(), seed, hours)));
    }

    private void survival(List<List<?>> rows, Network network, List<Survival> runs) {
        for (int run = 0; run < runs.size(); run++) {
            rows.add(List.of(
                    network.nodes(),
                    network.over().toHours(),
                    run + 1,
                    runs.get(run).survives(),
                    runs.get(run).held().value()));
        }
        long survived = runs.stream().filter(Survival::survives).count();
        Share held = runs.stream().map(Survival::held).reduce(Share::plus).orElseThrow();
        row(network.name(), runs.size(), new Share((int) survived, runs.size()), held, network.claim());
    }
}
