// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** S5: what becomes of a network as it grows. */
final class GrowthChapter extends Chapter {

    private static final int[] SIZES = {16, 32, 64, 128, 256, 512, 1_024, 10_000};
    private static final int LARGEST_OF_MANY_SEEDS = 512;
    private static final int LARGEST_OF_FEW_SEEDS = 1_024;
    private static final int FEW_SEEDS = 4;

    /** The aims, in the median. */
    private static final double SENDS_MAX = 2;

    private static final double IDLE_MAX = 50;

    /** The peers for which that is meant. */
    private static final int IDLE_PEERS = 10;

    GrowthChapter(int seeds, Figures figures, Page page) {
        super(seeds, figures, page);
    }

    @Override
    void write() {
        List<List<?>> rows = new ArrayList<>();
        List<double[]> means = new ArrayList<>();
        heading(
                "S5",
                "by the size of the network",
                NatCrowd.conditions(SIZES) + " " + Spread.conditions() + " idleMs=" + NatCrowd.IDLE.toMillis(),
                SIZES);
        table(
                "nodes",
                "seeds",
                "t50",
                "t100, median",
                "t100, worst seed",
                "delivered",
                "most hops, median",
                "log2 n + ln n",
                "sends for each node that lacked it",
                "idle, bytes/s a node, IP and UDP headers included",
                "peers",
                "idle, for ten peers",
                "path",
                "clustering",
                "reachable",
                "a subscriber's engine, kB",
                "another's, kB",
                "kB for each peer");
        for (int nodes : SIZES) {
            int count = seedsOf(nodes);
            List<Scale> runs = each("S5 " + nodes, count, seed -> Scale.measured(crowd("S5", seed, nodes)));
            for (int run = 0; run < runs.size(); run++) {
                Scale scale = runs.get(run);
                rows.add(List.of(
                        nodes,
                        run + 1,
                        scale.spread().secondsTo(0.5),
                        scale.spread().secondsTo(1),
                        scale.spread().reached().value(),
                        scale.spread().hopsMost(),
                        scale.spread().sendsEach(),
                        scale.idle().datagrams(),
                        scale.idle().bytes(),
                        scale.world().peers(),
                        idleForTenPeers(scale),
                        scale.world().pathLength(),
                        scale.world().clustering(),
                        scale.world().reachable(),
                        scale.memory().subscriberBytes(),
                        scale.memory().otherBytes(),
                        scale.memory().eachPeerBytes()));
            }
            double hops = of(runs, run -> run.spread().hopsMost()).median();
            double idle = of(runs, run -> run.idle().bytes()).median();
            double sends = of(runs, run -> run.spread().sendsEach()).median();
            double forTenPeers = of(runs, GrowthChapter::idleForTenPeers).median();
            Samples seconds = of(runs, run -> run.spread().secondsTo(1));
            Share reached = runs.stream()
                    .map(run -> run.spread().reached())
                    .reduce(Share::plus)
                    .orElseThrow();
            means.add(new double[] {nodes, hops, idle, Scale.roundsExpected(nodes)});
            row(
                    "%,d".formatted(nodes),
                    count,
                    "%.2f s"
                            .formatted(
                                    of(runs, run -> run.spread().secondsTo(0.5)).median()),
                    "%.2f s".formatted(seconds.median()),
                    "%.2f s".formatted(seconds.max()),
                    reached + verdict(reached.value() == 1),
                    "%.0f".formatted(hops),
                    "%.1f".formatted(Scale.roundsExpected(nodes)),
                    "%.2f".formatted(sends) + verdict(sends <= SENDS_MAX),
                    "%.0f".formatted(idle),
                    number(of(runs, run -> run.world().peers())),
                    "%.0f".formatted(forTenPeers) + verdict(forTenPeers <= IDLE_MAX),
                    number(of(runs, run -> run.world().pathLength())),
                    number(of(runs, run -> run.world().clustering())),
                    "%.1f %%"
                            .formatted(100
                                    * of(runs, run -> run.world().reachable()).median()),
                    kilobytes("%.0f", of(runs, run -> run.memory().subscriberBytes())),
                    kilobytes("%.0f", of(runs, run -> run.memory().otherBytes())),
                    kilobytes("%.1f", of(runs, run -> run.memory().eachPeerBytes())));
        }
        figures()
                .csv(
                        "S5",
                        List.of(
                                "nodes",
                                "seed",
                                "t50_s",
                                "t100_s",
                                "delivered",
                                "hops_most",
                                "sends_each",
                                "idle_datagrams_s",
                                "idle_bytes_with_headers_s",
                                "peers",
                                "idle_bytes_for_ten_peers",
                                "path",
                                "clustering",
                                "reachable",
                                "subscriber_engine_bytes",
                                "other_engine_bytes",
                                "engine_bytes_each_peer"),
                        rows);
        figures()
                .plot(
                        "S5",
                        "S5: most hops of a packet, by the number of nodes",
                        "nodes",
                        "hops",
                        true,
                        List.of(
                                new Figures.Line("Streamrelay (median)", column(means, 0), column(means, 1), false),
                                new Figures.Line("log2 n + ln n", column(means, 0), column(means, 3), false)));
        figures()
                .plot(
                        "S5-idle",
                        "S5: what a node sends when nothing is published",
                        "nodes",
                        "bytes/s, headers included",
                        true,
                        List.of(new Figures.Line("Streamrelay (median)", column(means, 0), column(means, 2), false)));
        say("");
        say("![bytes a second when idle](S5-idle.png)");
        say("");
        say(
                "gossipsub's published redundancy is 6.3 sends for each delivery; the aim here is 2. The reference's peers send 4,000");
        say(
                "bytes a second when idle among 16, 146,000 among 128; the aim is 50 with ten peers. Here nodes have more, and what they");
        say(
                "send is held against it by the peer: *for ten peers* is what is sent, by the peers in the mean, times ten. That ten that");
        say(
                "have settled keep to it is shown by `FrugalIT` on real sockets (row D17 of the scorecard) and by `IdleTrafficTest` in");
        say("virtual time; both count the headers of IP and UDP, too.");
        say("");
        double[] quietest =
                means.stream().min(Comparator.comparingDouble(row -> row[2])).orElseThrow();
        growth(quietest, means.get(means.size() - 1));
        say("");
        say(
                "*An engine* is measured with all that it leads to, in the mean of up to %d of a kind. *For each peer*: what the engine"
                        .formatted(EngineMemory.LOOKED_INTO));
        say(
                "of a public node, which has the most peers, keeps more than one that has run as long and met nobody, by the peers;");
        say("what it knows of the mesh is in it, too.");
        say("");
        say(
                "The two largest have few seeds, for they take long: 10,000 nodes some 20 minutes. The aims are for 128 nodes and more;");
        say("smaller networks are held to them, too.");
    }

    private static double idleForTenPeers(Scale scale) {
        return scale.idle().bytes() * IDLE_PEERS / scale.world().peers();
    }

    /** Whether what is sent when idle grows no faster than the logarithm of the network. */
    private void growth(double[] smallest, double[] largest) {
        double nodes = Math.log(largest[0]) / Math.log(smallest[0]);
        double idle = largest[2] / smallest[2];
        say(
                "From %,.0f nodes, which send least when idle, to %,.0f the logarithm of their number becomes %.2f times what it was, and what a node sends when"
                        .formatted(smallest[0], largest[0], nodes));
        say("idle %.2f times; the aim is no more than the logarithm%s.".formatted(idle, verdict(idle <= nodes)));
    }

    /** Of large networks there are few runs: one of 10,000 nodes takes some 20 minutes. */
    private int seedsOf(int nodes) {
        if (nodes <= LARGEST_OF_MANY_SEEDS) {
            return seeds();
        }
        return nodes <= LARGEST_OF_FEW_SEEDS ? Math.min(seeds(), FEW_SEEDS) : 1;
    }

    private static String kilobytes(String format, Samples bytes) {
        return format.formatted(bytes.median() / 1e3);
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }
}
