// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** S4: a network that was in two and comes together. */
final class HealingChapter extends Chapter {

    /** As many nodes as the reference's network had. */
    private static final int HALVED = 48;

    HealingChapter(int seeds, Figures figures, Page page) {
        super(seeds, figures, page);
    }

    @Override
    void write() {
        List<SplitHalves> runs = each("S4", seeds(), seed -> SplitHalves.measured(crowd("S4", seed, HALVED)));
        List<List<?>> rows = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            SplitHalves halves = runs.get(run);
            rows.add(List.of(
                    run + 1,
                    halves.completeMs() / 1e3,
                    halves.equalMs() / 1e3,
                    halves.datagramsEach(),
                    halves.bytesOverPayload(),
                    halves.overPayload(halves.sent().publications()),
                    halves.overPayload(halves.sent().summaries()),
                    halves.overPayload(halves.sent().receipts()),
                    halves.overPayload(halves.sent().rest()),
                    halves.bytesOverPackets(),
                    halves.publishOverPackets()));
        }
        figures()
                .csv(
                        "S4",
                        List.of(
                                "seed",
                                "complete_s",
                                "equal_s",
                                "datagrams_each",
                                "bytes_over_payload",
                                "publications_over_payload",
                                "summaries_over_payload",
                                "receipts_over_payload",
                                "rest_over_payload",
                                "bytes_over_packets",
                                "publish_over_packets"),
                        rows);
        double[] sorted = runs.stream()
                .mapToDouble(run -> run.completeMs() / 1e3)
                .sorted()
                .toArray();
        double[] ranks = IntStream.rangeClosed(1, sorted.length)
                .mapToDouble(rank -> (double) rank / sorted.length)
                .toArray();
        figures()
                .plot(
                        "S4",
                        "S4: 48 nodes in two halves for ten minutes: complete after healing",
                        "seconds",
                        "share of the seeds",
                        true,
                        List.of(
                                new Figures.Line("Streamrelay", sorted, ranks, false),
                                new Figures.Line(
                                        "reference (median, worst)",
                                        new double[] {68, 184},
                                        new double[] {0.5, 1},
                                        true)));
        heading(
                "S4",
                "two halves for ten minutes, 100 messages in each, healed",
                NatCrowd.conditions(HALVED) + " " + SplitHalves.conditions(),
                HALVED);
        table("%d nodes".formatted(HALVED), "median", "worst seed", "reference", "aim");
        Samples complete = of(runs, run -> run.completeMs() / 1e3);
        row(
                "all subscribers have all after",
                seconds(complete.median()),
                seconds(complete.max()),
                "68 s (worst 184 s)",
                "5 s" + verdict(complete.median() < 5));
        Samples equal = of(runs, run -> run.equalMs() / 1e3);
        row("all nodes hold the same after, carriers included", seconds(equal.median()), seconds(equal.max()), "", "");
        Samples over = of(runs, SplitHalves::bytesOverPayload);
        row(
                "all bytes sent until then, by those of the missing payload",
                "%.2f".formatted(over.median()),
                "%.2f".formatted(over.max()),
                "",
                "1.5" + verdict(over.median() <= 1.5));
        part("publications with headers", runs, SplitHalves.Sent::publications);
        part("summaries and inventories", runs, SplitHalves.Sent::summaries);
        part("receipts", runs, SplitHalves.Sent::receipts);
        part("all else", runs, SplitHalves.Sent::rest);
        ratio("all bytes, by those of the whole packets around it", of(runs, SplitHalves::bytesOverPackets));
        ratio(
                "publish datagrams' bytes alone, without headers, until a minute later, by those of the packets that came onto disks",
                of(runs, SplitHalves::publishOverPackets));
        row("publish datagrams for each delivery", number(of(runs, SplitHalves::datagramsEach)), "", "12.2", "");
        say("");
        say(
                "*All bytes* are those of every datagram, publications, summaries, receipts, joins, pulses and whatever else, with");
        say(
                "28 of IP and UDP headers for each. *The missing payload* are the sealed messages that nodes lack at the healing,");
        say(
                "each counted for each node that lacks it, carriers included; row D7 of the scorecard asks this of larger messages, and");
        say("without the headers of IP and UDP.");
    }

    private void part(String name, List<SplitHalves> runs, ToLongFunction<SplitHalves.Sent> bytes) {
        ratio("of these: " + name, of(runs, run -> run.overPayload(bytes.applyAsLong(run.sent()))));
    }

    private void ratio(String name, Samples samples) {
        row(name, number(samples), "%.2f".formatted(samples.max()), "", "");
    }

    private static String seconds(double value) {
        return "%.1f s".formatted(value);
    }
}
