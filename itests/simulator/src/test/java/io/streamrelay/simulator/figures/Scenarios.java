// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Runs the headline scenarios S1 to S6, and S3 in large networks, over many seeds and writes what came of them: a page,
 * tables as CSV, pictures. Everything is virtual time, so a busy machine changes no figure but the memory of a node and how
 * far S3 comes in large networks.
 */
public final class Scenarios {

    private final int seeds;
    private final Duration patience;
    private final Figures figures;
    private final Page head = new Page();

    private Scenarios(int seeds, Duration patience, Figures figures) {
        this.seeds = seeds;
        this.patience = patience;
        this.figures = figures;
    }

    /**
     * @param arguments the folder to write into, how many seeds, the names of the scenarios, and after how many hours a run
     *     of S3 ends where it is
     */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Duration patience = Duration.ofMinutes(Math.round(60 * Double.parseDouble(arguments[3])));
        Scenarios scenarios =
                new Scenarios(Integer.parseInt(arguments[1]), patience, new Figures(Path.of(arguments[0])));
        scenarios.head();
        for (String name : arguments[2].split(" ")) {
            scenarios.run(name);
        }
    }

    private void run(String name) throws IOException {
        Page page = new Page();
        Chapter chapter =
                switch (name) {
                    case "S1" -> new SpreadChapter(seeds, figures, page);
                    case "S2" -> new DepartureChapter(seeds, figures, page);
                    case "S3" -> SurvivalChapter.small(patience, seeds, figures, page);
                    case "S3-1024" -> SurvivalChapter.large(1_024, patience, seeds, figures, page);
                    case "S3-10000" -> SurvivalChapter.large(10_000, patience, seeds, figures, page);
                    case "S4" -> new HealingChapter(seeds, figures, page);
                    case "S5" -> new GrowthChapter(seeds, figures, page);
                    case "S6" -> new MeetingChapter(seeds, figures, page);
                    default ->
                        throw new IllegalArgumentException(
                                "scenario " + name + ": there are S1 to S6, S3-1024 and S3-10000");
                };
        chapter.write();
        // What is known is not lost when a later one is given up.
        figures.chapter(name, page, head);
    }

    private void head() {
        say("# Meshes in virtual time");
        say("");
        say("Written by `itests/benchmarks/run meshes`: the production engine, unchanged, in the simulator");
        say(
                "([itests/simulator](../../simulator/README.md)); each chapter by the run that it names. Networks as the reference");
        say(
                "was measured in: 10 to 100 ms one way, NAT mappings of 30 s, 30 % of the nodes behind symmetric NATs and the");
        say(
                "others behind restricted cones, one NAT device each, types found and not told, half of the nodes subscribed,");
        say(
                "started within 5 s, formed for two minutes. One node in 32, three at the least, is public and subscribed to");
        say("nothing; each other one is told of three of these. Each chapter says its options.");
        say("A publication has 200 bytes of plaintext. The reference's figures are those of the unmodified");
        say(
                "reference in the same kind of network, over 10 seeds. Every run's figures are in the CSV files beside this page.");
        say("");
        say(
                "Virtual time is the same on every machine, and a run the same for its seed; `run meshes 30 \"S1\"` runs seeds 1 to 30 of");
        say(
                "one chapter again. Only the memory of an engine (S5), and how far the larger S3 come in some hours, are the machine's:");
        say("Java %s, %s, %s."
                .formatted(
                        System.getProperty("java.version"),
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors() + " processors"));
        say("");
        say("What these do not show:");
        say("");
        say(
                "* Disks, sockets and processors: a commit takes up to 8 ms, all else no time. [Whole gateways](../README.md) have them.");
        say(
                "* Loss by chance and narrow lines: lines carry whatever is sent, and lose what NATs refuse. For others see rows A13, D16");
        say("  and D21 of the [score card](../../SCORECARD.md).");
        say(
                "* More than 128 nodes for hours, but for what S3-1024 and S3-10000 have reached, if they have been run (that takes hours); and the reference");
        say("  in more than 128 nodes.");
        say(
                "* Contacts of real people or vehicles: those of S6 are drawn from a model, by their seed. Nor nodes that lie or attack.");
    }

    private void say(String line) {
        head.say(line);
    }
}
