// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.ChurnOptions;
import java.util.ArrayList;
import java.util.List;

/** S2: nodes that come and go within one minute. */
final class DepartureChapter extends Chapter {

    private static final int REFERENCE_NODES = 64;

    DepartureChapter(int seeds, Figures figures, Page page) {
        super(seeds, figures, page);
    }

    @Override
    void write() {
        heading(
                "S2",
                "everybody comes and goes for a minute",
                NatCrowd.conditions(NODES) + " " + Departures.conditions(),
                NODES);
        say(
                "%d nodes; a packet is published when the minute begins. All but the %d public ones come and go; these stay. A restart"
                        .formatted(NODES, Scale.publicNodes(NODES)));
        say("takes 0.5 s in the mean (our own guess). The reference's column is of %d nodes."
                .formatted(REFERENCE_NODES));
        table(
                "share of the subscribers online that hold it",
                "at the end",
                "worst seed",
                "a minute later",
                "reference",
                "aim");
        List<List<?>> rows = new ArrayList<>();
        List<Figures.Line> lines = new ArrayList<>();
        departures(rows, lines, "each restarts ten times, 1000 %", Departures.RESTART, "46 %, later 99.7 %", 0.99);
        departures(rows, lines, "each is replaced ten times", Departures.REPLACE, "9 %, later 74 %", 0.90);
        departures(rows, lines, "each is replaced once", Departures.REPLACE_ONCE, "96 %, later 100 %", 0);
        figures().csv("S2", List.of("way", "seed", "at_the_end", "a_minute_later"), rows);
        figures()
                .plot(
                        "S2",
                        "S2: %d nodes that come and go for a minute".formatted(NODES),
                        "share of the seeds",
                        "share of the subscribers online that hold it",
                        false,
                        lines);
    }

    private void departures(
            List<List<?>> rows,
            List<Figures.Line> lines,
            String way,
            ChurnOptions churn,
            String reference,
            double aim) {
        List<Departures> runs =
                each("S2 " + way, seeds(), seed -> Departures.measured(crowd("S2", seed, NODES), churn));
        for (int run = 0; run < runs.size(); run++) {
            rows.add(List.of(
                    way,
                    run + 1,
                    runs.get(run).atTheEnd().value(),
                    runs.get(run).aMinuteLater().value()));
        }
        lines.add(sorted(way, runs, run -> run.atTheEnd().value()));
        Share end = runs.stream().map(Departures::atTheEnd).reduce(Share::plus).orElseThrow();
        Share later =
                runs.stream().map(Departures::aMinuteLater).reduce(Share::plus).orElseThrow();
        Samples all = of(runs, run -> -run.atTheEnd().value());
        row(
                way,
                end,
                "%.1f %%".formatted(-100 * all.max()),
                later,
                reference,
                aim == 0 ? "" : "%.0f %%".formatted(100 * aim) + verdict(end.value() >= aim));
    }
}
