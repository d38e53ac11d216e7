// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** S3: a packet whose sender has gone for good. */
final class SurvivalChapter extends Chapter {

    private static final int SEEDS = 4;

    SurvivalChapter(int seeds, Figures figures, Page page) {
        super(seeds, figures, page);
    }

    @Override
    void write() {
        heading("S3: the sender goes at once for good", null);
        say(
                "Caches of 16 MB. Everybody but the public nodes is switched off three times a day for an hour in the mean.");
        table("", "seeds", "the packet is still there", "subscribers up that hold it", "reference's claim");
        List<List<?>> rows = new ArrayList<>();
        survival(rows, NODES, Duration.ofHours(24), Math.min(seeds(), SEEDS), "");
        survival(rows, 1_024, Duration.ofHours(24), Math.min(seeds(), 2), "100 %");
        survival(rows, 10_000, Duration.ofHours(1), 1, "");
        say("");
        say("What 24 hours of 10,000 nodes are like is not measured: they would take half a day.");
        figures().csv("S3", List.of("nodes", "hours", "seed", "survives", "held"), rows);
    }

    private void survival(List<List<?>> rows, int nodes, Duration over, int runsWanted, String claim) {
        String what = "%,d nodes, %d h".formatted(nodes, over.toHours());
        List<Survival> runs = each("S3 " + what, runsWanted, seed -> Survival.measured(crowd("S3", seed, nodes), over));
        for (int run = 0; run < runs.size(); run++) {
            rows.add(List.of(
                    nodes,
                    over.toHours(),
                    run + 1,
                    runs.get(run).survives(),
                    runs.get(run).held().value()));
        }
        long survived = runs.stream().filter(Survival::survives).count();
        Share held = runs.stream().map(Survival::held).reduce(Share::plus).orElseThrow();
        row(what, runs.size(), new Share((int) survived, runs.size()), held, claim);
    }
}
