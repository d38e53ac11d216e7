// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import io.streamrelay.console.view.Check;
import io.streamrelay.console.view.Finding;
import io.streamrelay.console.view.Level;
import io.streamrelay.console.view.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Whether all is well, and what to do if not: five lines, of which the first is the answer.
 *
 * @param snapshot the gateway now
 */
public record StatusReport(Snapshot snapshot) implements Report {

    /** What {@code --json} gives. */
    record Status(Level level, String verdict, String peer, List<Finding> findings) {}

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(verdict());
        for (Finding finding : snapshot.findings()) {
            if (isOnItsOwnLine(finding)) {
                lines.add(line(finding));
            }
        }
        return lines;
    }

    /** The clock's is seldom more than a word: it is in the first line when it has to be said. */
    private static boolean isOnItsOwnLine(Finding finding) {
        return finding.check() != Check.NODE && finding.check() != Check.CLOCK;
    }

    private String verdict() {
        String who = snapshot.node() == null
                ? ""
                : "gateway " + Ids.brief(snapshot.node().peerId()) + ": ";
        return snapshot.level() + "  " + who + reason();
    }

    private String reason() {
        if (snapshot.level() == Level.OK) {
            return "all is well; " + finding(Check.NODE).text();
        }
        List<Finding> worst = snapshot.findings().stream()
                .filter(finding -> finding.level() != Level.OK)
                .sorted(Comparator.comparing(Finding::level).reversed())
                .toList();
        if (worst.size() == 1 && !isOnItsOwnLine(worst.get(0))) {
            return said(worst.get(0));
        }
        List<String> clauses = new ArrayList<>();
        for (Finding finding : worst) {
            clauses.add(isOnItsOwnLine(finding) ? name(finding) : said(finding));
        }
        return "look at " + String.join(", ", clauses);
    }

    private Finding finding(Check check) {
        return snapshot.findings().stream()
                .filter(finding -> finding.check() == check)
                .findFirst()
                .orElseThrow();
    }

    private static String line(Finding finding) {
        return String.format("%-5s  %-7s  %s", finding.level(), name(finding), said(finding));
    }

    private static String said(Finding finding) {
        return Printable.text(finding.text()) + (finding.advice().isEmpty() ? "" : " -> " + finding.advice());
    }

    private static String name(Finding finding) {
        return finding.check().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Object data() {
        String peer = snapshot.node() == null ? null : snapshot.node().peerId();
        return new Status(snapshot.level(), reason(), peer, snapshot.findings());
    }
}
