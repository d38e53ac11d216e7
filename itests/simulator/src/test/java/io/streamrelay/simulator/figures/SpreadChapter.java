// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** S1: how one publication spreads. */
final class SpreadChapter extends Chapter {

    private static final double[] SHARES = {0.5, 0.9, 0.99, 1};
    private static final double[] REFERENCE_SECONDS = {0.24, 0.34, 10.7};

    SpreadChapter(int seeds, Figures figures, Page page) {
        super(seeds, figures, page);
    }

    @Override
    void write() {
        List<Spread> runs = each("S1", seeds(), seed -> Spread.measured(crowd("S1", seed, NODES)));
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
                    spread.allEach(),
                    spread.hopsMost()));
        }
        figures()
                .csv(
                        "S1",
                        List.of(
                                "seed",
                                "t50_s",
                                "t90_s",
                                "t99_s",
                                "t100_s",
                                "datagrams_each",
                                "sends_each",
                                "all_datagrams_each",
                                "hops_most"),
                        rows);
        double[] moments = IntStream.rangeClosed(1, 60)
                .mapToDouble(step -> 0.01 * Math.pow(1.12, step))
                .toArray();
        double[] median = shares(runs, moments, 0.5);
        figures()
                .plot(
                        "S1",
                        "S1: 128 nodes, one publication: share of subscribers that have it",
                        "seconds",
                        "share",
                        true,
                        List.of(
                                new Figures.Line("median of the seeds", moments, median, false),
                                new Figures.Line("worst seed", moments, shares(runs, moments, 0), false),
                                new Figures.Line(
                                        "reference (median)", REFERENCE_SECONDS, new double[] {0.5, 0.9, 1}, true)));
        heading(
                "S1",
                "one publication to %d subscribers among %d nodes"
                        .formatted(runs.get(0).subscribers(), NODES),
                NatCrowd.conditions(NODES) + " " + Spread.conditions(),
                NODES);
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
        datagrams(
                "all datagrams for each delivery, control included, until the last subscriber has it",
                of(runs, Spread::allEach),
                "");
        Samples sends = of(runs, Spread::sendsEach);
        datagrams("publish datagrams for each node that lacked it", sends, sendsAim(sends));
        steady(
                SteadyMesh.Pace.SELDOM,
                "where all are subscribed, the mesh is steady, and somebody publishes each 10 s");
        steady(SteadyMesh.Pace.OFTEN, "the same with 50 messages a second");
        row(
                "most hops",
                "%.0f".formatted(of(runs, Spread::hopsMost).median()),
                "%.0f".formatted(of(runs, Spread::hopsMost).max()),
                "9",
                "");
        say("");
        say(
                "The aim of 2 sends for each delivery is held against two figures. Half of the nodes here are no subscribers, but pass");
        say(
                "the packet on and carry it, so they need it, too: it is sent to each node that lacked it. Where all but the public");
        say(
                "nodes are subscribed each of them is a delivery, as in gossipsub's mesh, whose figure the aim is set beside. That mesh");
        say("has settled for longer, and more is published (`%s`;".formatted(SteadyMesh.Pace.SELDOM.conditions()));
        say("`%s`): what the tree has to learn at first, from 2.7 sends on, is in it."
                .formatted(SteadyMesh.Pace.OFTEN.conditions()));
    }

    private void steady(SteadyMesh.Pace pace, String where) {
        List<SteadyMesh> runs = each(
                "S1, a steady mesh, " + pace,
                seeds(),
                seed -> SteadyMesh.measured(
                        NatCrowd.allSubscribed(options("S1", seed, NODES), Simulation::of, Scale.publicNodes(NODES)),
                        pace));
        Samples sends = of(runs, SteadyMesh::sendsEach);
        datagrams("publish datagrams for each delivery, " + where, sends, sendsAim(sends));
        row(
                "delivered there",
                runs.stream().map(SteadyMesh::delivered).reduce(Share::plus).orElseThrow(),
                "",
                "",
                "");
        Samples medians = of(runs, run -> run.lastSeconds().median());
        Samples worst = of(runs, run -> run.lastSeconds().quantile(0.99));
        row(
                "100 % have half of the messages there after, and 99 of 100",
                "%.2f s, %.2f s".formatted(medians.median(), worst.median()),
                "%.2f s, %.2f s".formatted(medians.max(), worst.max()),
                "",
                "");
    }

    private void datagrams(String what, Samples counts, String aim) {
        row(what, number(counts), "%.2f".formatted(counts.max()), "", aim);
    }

    private static String sendsAim(Samples sends) {
        return "2" + verdict(sends.median() <= 2);
    }

    private static double[] shares(List<Spread> runs, double[] moments, double quantile) {
        return Arrays.stream(moments)
                .map(moment -> Samples.of(runs.stream().mapToDouble(run -> run.reachedBy(moment)))
                        .quantile(quantile))
                .toArray();
    }
}
