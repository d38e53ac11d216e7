// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.gossip.engine.EngineConfig;
import java.text.DecimalFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** S3: a packet whose sender has gone for good; in a network that a day is soon over for, and in larger ones. */
final class SurvivalChapter extends Chapter {

    /**
     * A row.
     *
     * @param cacheBytes what each node holds of others' packets
     * @param messages how many the others write in a day
     * @param seedsMax how many runs there are at the most, as each takes long: our own choice
     */
    private record Network(int nodes, long cacheBytes, int messages, int seedsMax) {

        /** What part of a cache the others' messages are. */
        private double written() {
            return (double) messages * MESSAGE_BYTES / cacheBytes;
        }

        private String name() {
            return "%,d nodes, others write %.0f %% of a cache".formatted(nodes, 100 * written());
        }
    }

    private static final Duration OVER = Duration.ofHours(24);

    /** What a message of 200 bytes takes of the room in a cache. */
    private static final int MESSAGE_BYTES = 1_071;

    /** Smaller than the 16 MB that are the default, so that a day's messages of this network matter to it. */
    private static final int SMALL_CACHE_BYTES = 256 << 10;

    private static final List<Network> NETWORKS =
            List.of(new Network(NODES, SMALL_CACHE_BYTES, 190, 30), new Network(NODES, SMALL_CACHE_BYTES, 310, 4));

    /** What others write in a day in a larger network. */
    private static final int MESSAGE_A_MINUTE = 1_440;

    private final String name;
    private final List<Network> networks;
    private final Duration patience;

    private SurvivalChapter(
            String name, List<Network> networks, Duration patience, int seeds, Figures figures, Page page) {
        super(seeds, figures, page);
        this.name = name;
        this.networks = networks;
        this.patience = patience;
    }

    static Chapter small(Duration patience, int seeds, Figures figures, Page page) {
        return new SurvivalChapter("S3", NETWORKS, patience, seeds, figures, page);
    }

    /**
     * With the caches that the reference claims it for, among 1,024; it takes hours.
     *
     * @param nodes of the network
     * @param patience after so long a run ends where it is, however little of the day has passed
     */
    static Chapter large(int nodes, Duration patience, int seeds, Figures figures, Page page) {
        Network network = new Network(nodes, EngineConfig.DEFAULT_CARRIED_BYTES, MESSAGE_A_MINUTE, 1);
        return new SurvivalChapter("S3-" + nodes, List.of(network), patience, seeds, figures, page);
    }

    @Override
    void write() {
        List<Survival> runs = all(name, networks.stream().flatMap(this::runs).toList());
        int[] sizes =
                networks.stream().mapToInt(Network::nodes).distinct().sorted().toArray();
        heading(
                name,
                "the sender goes at once for good, a day among %s nodes".formatted(join(sizes)),
                NatCrowd.conditions(sizes) + " " + Survival.conditions(OVER),
                sizes);
        rules();
        table(
                "nodes",
                "caches, kB",
                "virtual hours",
                "messages of others",
                "of what a cache holds",
                "seeds",
                "the packet is on a disk of a node that is up",
                "nodes up that have it",
                "worst seed",
                "subscribers up that have it",
                "caches full to, in the mean");
        List<List<?>> rows = new ArrayList<>();
        List<Figures.Line> lines = new ArrayList<>();
        int first = 0;
        for (Network network : networks) {
            List<Survival> ofThese = runs.subList(first, first + seedsOf(network));
            survival(rows, network, ofThese);
            lines.add(course(network, ofThese));
            first += seedsOf(network);
        }
        say("");
        say("The reference claims 100 % of 1,024 nodes over a day.");
        figures()
                .plot(
                        name,
                        "%s: the sender gone".formatted(name),
                        "hours",
                        "share of the nodes up that have the packet",
                        false,
                        lines);
        figures()
                .csv(
                        name,
                        List.of(
                                "nodes",
                                "cache_bytes",
                                "hours",
                                "messages",
                                "seed",
                                "survives",
                                "held",
                                "held_by_subscribers",
                                "used"),
                        rows);
    }

    private void rules() {
        say(
                "A packet is published, its sender goes after 2 s and never comes back; whose disk has this very packet at the end?");
        say(
                "All others, public nodes included but for %d of them by chance, without which nobody could come back, are switched"
                        .formatted(Survival.PUBLIC_THAT_STAY));
        say(
                "off three times a day for an hour in the mean; one departure in %d is for good, and a new node with an empty disk"
                        .formatted(Survival.REPLACED_ONE_IN));
        say(
                "comes in its place. Subscribers that are up write messages of 200 bytes, spread over the day. When a cache is full");
        say(
                "the oldest packet goes, which is this one. A run that has computed for %s hours ends where it is: then its row has"
                        .formatted(realHours()));
        say(
                "fewer than %d virtual hours, and as many messages as were written in them. The picture has the worst seed at each"
                        .formatted(OVER.toHours()));
        say("moment.");
    }

    private String realHours() {
        return new DecimalFormat("0.##").format(patience.toMinutes() / 60.0);
    }

    private int seedsOf(Network network) {
        return Math.min(seeds(), network.seedsMax());
    }

    private Stream<Supplier<Survival>> runs(Network network) {
        return LongStream.rangeClosed(1, seedsOf(network)).mapToObj(seed -> () -> run(network, seed));
    }

    private Survival run(Network network, long seed) {
        long untilNs = System.nanoTime() + patience.toNanos();
        return Survival.measured(
                crowd(name, seed, network.nodes()), OVER, network.cacheBytes(), network.messages(), moment -> {
                    tell(network, seed, moment);
                    return System.nanoTime() < untilNs;
                });
    }

    /** Of each quarter of an hour. */
    private void tell(Network network, long seed, Survival.Moment moment) {
        long quarters = (long) (4 * moment.hours());
        if (quarters > (long) (4 * (moment.hours() - (double) OVER.toHours() / network.messages()))) {
            System.err.printf("%s: %s, seed %d: %.2f h%n", name, network.name(), seed, moment.hours());
        }
    }

    private void survival(List<List<?>> rows, Network network, List<Survival> runs) {
        for (int run = 0; run < runs.size(); run++) {
            Survival survival = runs.get(run);
            rows.add(List.of(
                    network.nodes(),
                    network.cacheBytes(),
                    survival.hours(),
                    survival.others(),
                    run + 1,
                    survival.survives(),
                    survival.held().value(),
                    survival.heldBySubscribers().value(),
                    survival.used()));
        }
        long survived = runs.stream().filter(Survival::survives).count();
        Share held = runs.stream().map(Survival::held).reduce(Share::plus).orElseThrow();
        Share heldBySubscribers = runs.stream()
                .map(Survival::heldBySubscribers)
                .reduce(Share::plus)
                .orElseThrow();
        double hours = of(runs, Survival::hours).median();
        row(
                "%,d".formatted(network.nodes()),
                "%,d".formatted(network.cacheBytes() / 1_024),
                hours < OVER.toHours()
                        ? "%.2f of %d, in %s real hours".formatted(hours, OVER.toHours(), realHours())
                        : OVER.toHours(),
                "%.0f".formatted(of(runs, Survival::others).median()),
                "%.0f %%".formatted(100 * of(runs, Survival::others).median() * MESSAGE_BYTES / network.cacheBytes()),
                runs.size(),
                new Share((int) survived, runs.size()),
                held,
                "%.1f %%".formatted(-100 * of(runs, run -> -run.held().value()).max()),
                heldBySubscribers,
                "%.0f %%".formatted(100 * of(runs, Survival::used).mean()));
    }

    /** The least that any seed has at each moment, as far as all have come. */
    private static Figures.Line course(Network network, List<Survival> runs) {
        int moments = runs.stream().mapToInt(Survival::others).min().orElseThrow();
        double[] hours = runs.get(0).course().stream()
                .limit(moments)
                .mapToDouble(Survival.Moment::hours)
                .toArray();
        double[] least = IntStream.range(0, moments)
                .mapToDouble(at -> runs.stream()
                        .mapToDouble(run -> run.course().get(at).held().value())
                        .min()
                        .orElseThrow())
                .toArray();
        return new Figures.Line(network.name(), hours, least, false);
    }
}
