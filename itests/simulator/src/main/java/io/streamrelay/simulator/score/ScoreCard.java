// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.score;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of all rows with what was measured in one run, as Markdown. */
final class ScoreCard {

    /** What became of a row. */
    enum Verdict {
        PASSED,
        FAILED,
        NOT_RUN,
        NOT_CLAIMED;

        String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private static final String HEAD =
            "| row | criterion | pass value | measured | verdict | shown by |\n" + "|---|---|---|---|---|---|\n";

    /** The worst first, then the one with the smallest seed. */
    private static final Comparator<Result> WORST_FIRST =
            Comparator.comparing(Result::passed).thenComparing(Result::seed);

    private final Map<String, Criterion> criteria;
    private final Map<String, List<Result>> results;

    /**
     * @param criteria all rows
     * @param results of this run alone
     */
    ScoreCard(Map<String, Criterion> criteria, Collection<Result> results) {
        this.criteria = criteria;
        this.results = results.stream().collect(Collectors.groupingBy(Result::row, TreeMap::new, Collectors.toList()));
    }

    /** How many rows there are of each verdict, in one line. */
    String summary() {
        return Arrays.stream(Verdict.values())
                .map(verdict -> criteria.values().stream()
                                .filter(criterion -> verdict(criterion) == verdict)
                                .count()
                        + " " + verdict.words())
                .collect(Collectors.joining(", "));
    }

    /** The rows of one verdict. */
    List<String> rows(Verdict verdict) {
        return criteria.values().stream()
                .filter(criterion -> verdict(criterion) == verdict)
                .map(Criterion::row)
                .toList();
    }

    /** The rows whose names begin with that letter. */
    String render(char section) {
        return criteria.values().stream()
                .filter(criterion -> criterion.row().charAt(0) == section)
                .map(this::line)
                .collect(Collectors.joining("", HEAD, ""));
    }

    Verdict verdict(Criterion criterion) {
        List<Result> measured = resultsOf(criterion);
        if (measured.stream().anyMatch(result -> !result.passed())) {
            return Verdict.FAILED;
        } else if (measured.isEmpty()) {
            return criterion.isClaimed() ? Verdict.NOT_RUN : Verdict.NOT_CLAIMED;
        }
        boolean complete = criterion.parts().stream().allMatch(part -> measured.stream()
                .anyMatch(result -> result.part().equals(part)));
        return complete ? Verdict.PASSED : Verdict.NOT_RUN;
    }

    private List<Result> resultsOf(Criterion criterion) {
        return results.getOrDefault(criterion.row(), List.of());
    }

    private String line(Criterion criterion) {
        List<Result> measured = resultsOf(criterion);
        String figures = measured.isEmpty()
                ? criterion.needs()
                : parts(criterion).map(part -> figure(criterion, part)).collect(Collectors.joining("<br>"));
        String tests = measured.stream()
                .map(result -> "`" + result.shownBy() + "`")
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return "| %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        criterion.row(),
                        criterion.title(),
                        criterion.pass(),
                        figures.replace("|", "\\|"),
                        verdict(criterion).words(),
                        tests);
    }

    /** Those that the row takes, and whatever else was measured. */
    private Stream<String> parts(Criterion criterion) {
        return Stream.concat(
                        criterion.parts().stream(),
                        resultsOf(criterion).stream().map(Result::part).sorted())
                .distinct();
    }

    private String figure(Criterion criterion, String part) {
        List<Result> ofPart = resultsOf(criterion).stream()
                .filter(result -> result.part().equals(part))
                .sorted(WORST_FIRST)
                .toList();
        String name = part.isEmpty() ? "" : part + ": ";
        if (ofPart.isEmpty()) {
            return name + Verdict.NOT_RUN.words();
        }
        Result worst = ofPart.get(0);
        String pass = worst.pass().equals(criterion.pass()) ? "" : " (passes with " + worst.pass() + ")";
        String failed = worst.passed() ? "" : "**failed** ";
        return name + failed + worst.measured() + pass + seeds(ofPart);
    }

    private static String seeds(List<Result> ofPart) {
        long bad = ofPart.stream().filter(result -> !result.passed()).count();
        if (bad > 0 && ofPart.get(0).seed() != 0) {
            return ", seed " + ofPart.get(0).seed() + "; " + bad + " of " + ofPart.size() + " seeds failed";
        }
        return ofPart.size() > 1 ? "; " + ofPart.size() + " seeds" : "";
    }
}
