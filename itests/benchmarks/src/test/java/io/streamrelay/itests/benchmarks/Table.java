// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was measured, as Markdown. All values are medians of the rounds.
 *
 * @param samples all that was measured
 */
record Table(Samples samples) {

    /** Of native libsodium's speed. */
    private static final double NATIVE_AIM = 0.65;

    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_MS = 1e6;
    private static final List<Figure> NATIVE =
            List.of(Figure.SEAL_200, Figure.SEAL_1000, Figure.OPEN_200, Figure.OPEN_1000);

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("### Beside the reference");
        lines.add("");
        besideTheReference(lines);
        lines.add("");
        lines.add("### Beside native libsodium");
        lines.add("");
        besideNative(lines);
        lines.add("");
        lines.add("### Two caches of 6,000 packets, of which one lacks some");
        lines.add("");
        reconciling(lines);
        return lines;
    }

    private void besideTheReference(List<String> lines) {
        head(
                lines,
                "microseconds for each",
                "Streamrelay",
                "reference",
                "times as fast",
                "aim",
                "",
                "as `./gateway` runs it",
                "times as fast",
                "allocated");
        Stream.of(Figure.values())
                .filter(figure -> figure.group() != Group.SYNC)
                .forEach(figure -> lines.add(row(
                        figure.label(),
                        microseconds(Party.STREAMRELAY, figure.key()),
                        microseconds(Party.REFERENCE, figure.key()),
                        number(ratio(Party.REFERENCE, Party.STREAMRELAY, figure)),
                        figure.aim() == 0 ? "" : "%.0f".formatted(figure.aim()),
                        verdict(ratio(Party.REFERENCE, Party.STREAMRELAY, figure), figure.aim()),
                        microseconds(Party.GATEWAY, figure.key()),
                        judged(ratio(Party.REFERENCE, Party.GATEWAY, figure), figure.aim()),
                        "%,.0f B".formatted(samples.median(Party.STREAMRELAY, figure.key() + " allocated")))));
    }

    private void besideNative(List<String> lines) {
        head(
                lines,
                "microseconds for each",
                "Streamrelay",
                "native",
                "of its speed",
                "aim",
                "",
                "as `./gateway` runs it",
                "of its speed",
                "reference, of its speed");
        for (Figure figure : NATIVE) {
            double share = ratio(Party.NATIVE, Party.STREAMRELAY, figure);
            lines.add(row(
                    figure.label(),
                    microseconds(Party.STREAMRELAY, figure.key()),
                    microseconds(Party.NATIVE, figure.key()),
                    number(share),
                    number(NATIVE_AIM),
                    verdict(share, NATIVE_AIM),
                    microseconds(Party.GATEWAY, figure.key()),
                    judged(ratio(Party.NATIVE, Party.GATEWAY, figure), NATIVE_AIM),
                    number(samples.median(Party.NATIVE, figure.key())
                            / samples.median(Party.REFERENCE, figure.key()))));
        }
    }

    private void reconciling(List<String> lines) {
        head(
                lines,
                "packets that lack",
                "Streamrelay, ms",
                "reference, ms",
                "times as fast",
                "as `./gateway` runs it, ms",
                "times as fast",
                "virtual time until none lacks, s",
                "Streamrelay's syncs",
                "and other datagrams but the packets",
                "reference's syncs");
        for (Figure figure : Figure.values()) {
            if (figure.group() == Group.SYNC) {
                lines.add(row(
                        figure.label(),
                        milliseconds(Party.STREAMRELAY, figure.key()),
                        milliseconds(Party.REFERENCE, figure.key()),
                        number(ratio(Party.REFERENCE, Party.STREAMRELAY, figure)),
                        milliseconds(Party.GATEWAY, figure.key()),
                        number(ratio(Party.REFERENCE, Party.GATEWAY, figure)),
                        number(samples.median(Party.STREAMRELAY, figure.key() + " virtualMs") / 1e3),
                        traffic(Party.STREAMRELAY, figure, "sync"),
                        traffic(Party.STREAMRELAY, figure, "other"),
                        traffic(Party.REFERENCE, figure, "sync")));
            }
        }
    }

    private String traffic(Party party, Figure figure, String kind) {
        return "%,.0f, %,.1f kB"
                .formatted(
                        samples.median(party, figure.key() + " " + kind + "s"),
                        samples.median(party, figure.key() + " " + kind + "Bytes") / 1e3);
    }

    /** How many times as long the slow one takes. */
    private double ratio(Party slow, Party fast, Figure figure) {
        return samples.median(slow, figure.key()) / samples.median(fast, figure.key());
    }

    private static String verdict(double reached, double aim) {
        return aim == 0 ? "" : reached >= aim ? "met" : "**missed**";
    }

    private static String judged(double reached, double aim) {
        return number(reached) + (reached < aim ? ", **missed**" : "");
    }

    private String microseconds(Party party, String key) {
        return number(samples.median(party, key) / NS_PER_US);
    }

    private String milliseconds(Party party, String key) {
        return number(samples.median(party, key) / NS_PER_MS);
    }

    /** With two digits after the point where it is small, and with none where it is large. */
    private static String number(double value) {
        return (value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f").formatted(value);
    }

    private static void head(List<String> lines, String... headings) {
        lines.add(row(headings));
        lines.add("|---" + "|--:".repeat(headings.length - 1) + "|");
    }

    private static String row(String... cells) {
        return Arrays.stream(cells).collect(Collectors.joining(" | ", "| ", " |"));
    }
}
