// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** The simulator's section of a report: the last one, which it replaces when it is written again. */
final class Section {

    private static final String HEADING = "## Meshes, simulated";

    private final Page page = new Page();

    /** The heading, what was measured, and the head of the table of scenarios. */
    void head() {
        say(HEADING);
        say("");
        say("Measured by `itests/figures meshes` on %s: the production engine in virtual time (itests/simulator), under"
                .formatted(LocalDate.now()));
        say(
                "the conditions that the reference was measured with: 10 to 100 ms one way, 30 s mappings, three public nodes");
        say("that are no members, everybody else behind a NAT of one's own, 30 % of them symmetric, half subscribed.");
        say("Larger networks, S1 to S6, are [chapters of their own](benchmarks/meshes/README.md).");
        table("scenario", "Streamrelay", "reference");
    }

    /** What the table of scenarios needs to be understood. */
    void tail() {
        say("");
        say(
                "A restart takes 0.5 s in the mean, a guess: the reference's figures do not say. S2 is not said to be behind NATs");
        say("there; here it is.");
    }

    void table(String... headings) {
        page.table(headings);
    }

    void row(Object... cells) {
        page.row(cells);
    }

    void say(String line) {
        page.say(line);
    }

    void writeInto(Path file) throws IOException {
        String report = Files.exists(file) ? Files.readString(file) : "# Figures\n";
        int before = report.indexOf(HEADING);
        String others = (before < 0 ? report : report.substring(0, before)).stripTrailing();
        Files.writeString(file, others + "\n\n" + String.join("\n", page.lines()) + "\n");
    }
}
