// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** S4: a network that was in two and comes together. */
final class HealingChapter extends Chapter {

    /** As many nodes as the reference's network had. */
    private static final int HALVED = 48;

    /** Sealed, such a message is nearly all that a packet holds. */
    private static final int LARGER_BYTES = 800;

    private static final double OVER_PAYLOAD_MAX = 1.5;

    HealingChapter(int seeds, Figures figures, Page page) {
        super(seeds, figures, page);
    }

    @Override
    void write() {
        List<SplitHalves> runs = each("S4", seeds(), seed -> SplitHalves.measured(crowd("S4", seed, HALVED)));
        List<SplitHalves> larger = each(
                "S4, larger messages", seeds(), seed -> SplitHalves.measured(crowd("S4", seed, HALVED), LARGER_BYTES));
        List<List<?>> rows = new ArrayList<>();
        csv(rows, SplitHalves.PLAINTEXT_BYTES, runs);
        csv(rows, LARGER_BYTES, larger);
        figures()
                .csv(
                        "S4",
                        List.of(
                                "plaintext_bytes",
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
        plot(runs);
        heading(
                "S4",
                "two halves for ten minutes, 100 messages in each, healed",
                NatCrowd.conditions(HALVED) + " "
                        + SplitHalves.conditions(SplitHalves.PLAINTEXT_BYTES + "," + LARGER_BYTES),
                HALVED);
        table(
                "%d nodes".formatted(HALVED),
                "messages of %d bytes: median".formatted(SplitHalves.PLAINTEXT_BYTES),
                "worst seed",
                "of %d bytes: median".formatted(LARGER_BYTES),
                "worst seed",
                "reference",
                "aim");
        double seconds = Math.max(
                of(runs, HealingChapter::complete).median(),
                of(larger, HealingChapter::complete).median());
        row(
                "all subscribers have all after, s",
                "%.1f",
                runs,
                larger,
                HealingChapter::complete,
                "68 (worst 184)",
                "5" + verdict(seconds < 5));
        row(
                "all nodes hold the same after, carriers included, s",
                "%.1f",
                runs,
                larger,
                run -> run.equalMs() / 1e3,
                "",
                "");
        ratio(
                "all bytes sent until then, by those of the missing payload",
                runs,
                larger,
                SplitHalves::bytesOverPayload,
                "%.1f%s, %s with %d bytes"
                        .formatted(
                                OVER_PAYLOAD_MAX,
                                verdict(isWithin(runs)),
                                isWithin(larger) ? "met" : "**missed**",
                                LARGER_BYTES));
        part("publications with headers", runs, larger, SplitHalves.Sent::publications);
        part("summaries and inventories", runs, larger, SplitHalves.Sent::summaries);
        part("receipts", runs, larger, SplitHalves.Sent::receipts);
        part("all else", runs, larger, SplitHalves.Sent::rest);
        ratio(
                "all bytes, by those of the missing messages before sealing",
                runs,
                larger,
                SplitHalves::bytesOverPlaintext,
                "");
        ratio("all bytes, by those of the whole packets around it", runs, larger, SplitHalves::bytesOverPackets, "");
        ratio(
                "publish datagrams' bytes alone, without headers, until a minute later, by those of the packets that came onto disks",
                runs,
                larger,
                SplitHalves::publishOverPackets,
                "");
        row("publish datagrams for each delivery", "%.2f", runs, larger, SplitHalves::datagramsEach, "12.2", "");
        say("");
        say(
                "*All bytes* are those of every datagram, publications, summaries, receipts, joins, pulses and whatever else, with");
        say(
                "28 of IP and UDP headers for each. *The missing payload* are the sealed messages that nodes lack at the healing,");
        say(
                "each counted for each node that lacks it, carriers included: sealing adds 160 bytes to a message. A signature, ids");
        say(
                "and the headers of IP and UDP weigh the same on a short message and on a long one. Row D7 of the scorecard asks this");
        say("of still larger messages, and without the headers of IP and UDP.");
    }

    private static boolean isWithin(List<SplitHalves> runs) {
        return of(runs, SplitHalves::bytesOverPayload).median() <= OVER_PAYLOAD_MAX;
    }

    private static double complete(SplitHalves run) {
        return run.completeMs() / 1e3;
    }

    private static void csv(List<List<?>> rows, int bytes, List<SplitHalves> runs) {
        for (int run = 0; run < runs.size(); run++) {
            SplitHalves halves = runs.get(run);
            rows.add(List.of(
                    bytes,
                    run + 1,
                    complete(halves),
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
    }

    private void plot(List<SplitHalves> runs) {
        double[] sorted =
                runs.stream().mapToDouble(HealingChapter::complete).sorted().toArray();
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
    }

    private void part(
            String name, List<SplitHalves> runs, List<SplitHalves> larger, ToLongFunction<SplitHalves.Sent> bytes) {
        ratio("of these: " + name, runs, larger, run -> run.overPayload(bytes.applyAsLong(run.sent())), "");
    }

    private void ratio(
            String name,
            List<SplitHalves> runs,
            List<SplitHalves> larger,
            ToDoubleFunction<SplitHalves> value,
            String aim) {
        row(name, "%.2f", runs, larger, value, "", aim);
    }

    private void row(
            String name,
            String format,
            List<SplitHalves> runs,
            List<SplitHalves> larger,
            ToDoubleFunction<SplitHalves> value,
            String reference,
            String aim) {
        Samples these = of(runs, value);
        Samples those = of(larger, value);
        row(
                name,
                format.formatted(these.median()),
                format.formatted(these.max()),
                format.formatted(those.median()),
                format.formatted(those.max()),
                reference,
                aim);
    }
}
