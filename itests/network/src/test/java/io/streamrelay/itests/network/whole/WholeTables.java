// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What was measured, as Markdown. All values are medians of the rounds, but that any loss in any round shows. */
final class WholeTables {

    private static final double TIMES_THE_REFERENCE = 5;
    private static final double P50_MS_MAX = 5;
    private static final double BYTES_MAX = 250;

    private final Results results;
    private final int rounds;

    WholeTables(Results results, int rounds) {
        this.results = results;
        this.rounds = rounds;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Medians of %d rounds; what was lost or came twice is of the worst. %s".formatted(rounds, otherWork()));
        lines.add("The options of `./gateway` are `%s`.".formatted(String.join(" ", Launcher.javaOptions())));
        section(lines, "Who carries");
        lines.add(row("", "how it is set up"));
        lines.add("|---|---|");
        for (Party party : Party.values()) {
            lines.add(row(party.label(), party.settings()));
        }
        section(lines, "How much, and how fast");
        carrying(lines);
        section(lines, "A burst of 5,000, as fast as it is taken");
        burst(lines);
        section(lines, "Bytes between the two hosts, both ways, for each message of 200 bytes that was delivered");
        bytes(lines);
        section(lines, "What it takes");
        taking(lines);
        section(lines, "64 MB of heap, without a broker of its own");
        lines.add(small());
        return lines;
    }

    private String otherWork() {
        double worst = Arrays.stream(Party.values())
                .mapToDouble(party -> results.worst(party, Figure.OTHER_WORK))
                .max()
                .orElseThrow();
        return "Before each measurement others kept %.2f processors busy at the most.".formatted(worst);
    }

    private static void section(List<String> lines, String title) {
        lines.add("");
        lines.add("### " + title);
        lines.add("");
    }

    private void carrying(List<String> lines) {
        head(
                lines,
                "",
                "messages/s, none lost",
                "times the reference's",
                "aim",
                "",
                "at 100/s: median, ms",
                "99th percentile, ms",
                "aim for the median",
                "",
                "a forced write then, ms",
                "delivered of these");
        for (Party party : Party.values()) {
            double times = median(party, Figure.PER_SECOND) / median(Party.REFERENCE, Figure.PER_SECOND);
            double p50 = median(party, Figure.P50_MS);
            lines.add(row(
                    party.label(),
                    "%,.0f".formatted(median(party, Figure.PER_SECOND)),
                    "%.1f".formatted(times),
                    aim(party, "%.0f".formatted(TIMES_THE_REFERENCE)),
                    verdict(party, times >= TIMES_THE_REFERENCE),
                    "%.2f".formatted(p50),
                    "%.2f".formatted(median(party, Figure.P99_MS)),
                    aim(party, "under %.0f".formatted(P50_MS_MAX)),
                    verdict(party, p50 < P50_MS_MAX),
                    "%.2f".formatted(median(party, Figure.FORCED_WRITE_MS)),
                    percent(results.least(party, Figure.PACED_SHARE))));
        }
    }

    private void burst(List<String> lines) {
        head(lines, "", "delivered", "twice", "the last came after, s");
        for (Party party : Party.values()) {
            lines.add(row(
                    party.label(),
                    percent(results.least(party, Figure.BURST_SHARE)),
                    "%.0f".formatted(results.worst(party, Figure.BURST_DOUBLED)),
                    "%.1f".formatted(median(party, Figure.BURST_SECONDS))));
        }
    }

    private void bytes(List<String> lines) {
        head(
                lines,
                "",
                "one each second: IP",
                "with the Ethernet's headers",
                "at the rate above: IP",
                "aim",
                "",
                "with the Ethernet's headers");
        for (Party party : Party.values()) {
            double load = median(party, Figure.LOAD_IP_BYTES);
            lines.add(row(
                    party.label(),
                    "%,.0f".formatted(median(party, Figure.SINGLE_IP_BYTES)),
                    "%,.0f".formatted(median(party, Figure.SINGLE_WIRE_BYTES)),
                    "%,.0f".formatted(load),
                    aim(party, "%.0f".formatted(BYTES_MAX)),
                    verdict(party, load <= BYTES_MAX),
                    "%,.0f".formatted(median(party, Figure.LOAD_WIRE_BYTES))));
        }
    }

    private void taking(List<String> lines) {
        head(
                lines,
                "",
                "start to first message, s",
                "resident, idle, MB",
                "of which the gateway",
                "after load, MB",
                "of which the gateway",
                "CPU s for 10,000 at 100/s",
                "CPU s for 10,000 at the rate above");
        for (Party party : Party.values()) {
            lines.add(row(
                    party.label(),
                    "%.1f".formatted(median(party, Figure.START_SECONDS)),
                    "%,.0f".formatted(median(party, Figure.IDLE_MB)),
                    "%,.0f".formatted(median(party, Figure.IDLE_GATEWAY_MB)),
                    "%,.0f".formatted(median(party, Figure.LOADED_MB)),
                    "%,.0f".formatted(median(party, Figure.LOADED_GATEWAY_MB)),
                    "%.1f".formatted(median(party, Figure.PACED_PROCESSOR_SECONDS)),
                    "%.1f".formatted(median(party, Figure.LOAD_PROCESSOR_SECONDS))));
        }
    }

    /** That nobody ran out of memory is certain: who does ends, and the run with it. */
    private String small() {
        Party party = Party.STREAMRELAY_64_MB;
        boolean met = results.least(party, Figure.BURST_SHARE) == 1 && results.least(party, Figure.PACED_SHARE) == 1;
        return "%s: no OutOfMemoryError, %s of the burst and all of %,.0f messages/s delivered, %,.0f MB resident afterwards."
                .formatted(
                        met ? "met" : "**missed**",
                        percent(results.least(party, Figure.BURST_SHARE)),
                        median(party, Figure.PER_SECOND),
                        median(party, Figure.LOADED_GATEWAY_MB));
    }

    private double median(Party party, Figure figure) {
        return results.median(party, figure);
    }

    /** The aims are Streamrelay's. */
    private static String aim(Party party, String aim) {
        return party.isOurs() ? aim : "";
    }

    private static String verdict(Party party, boolean met) {
        return !party.isOurs() ? "" : met ? "met" : "**missed**";
    }

    private static String percent(double share) {
        // Not all is never shown as all.
        return share == 1 ? "all" : "%.2f %%".formatted(Math.floor(share * 10_000) / 100);
    }

    private static void head(List<String> lines, String... headings) {
        lines.add(row(headings));
        lines.add("|---" + "|--:".repeat(headings.length - 1) + "|");
    }

    private static String row(String... cells) {
        return Arrays.stream(cells).collect(Collectors.joining(" | ", "| ", " |"));
    }
}
