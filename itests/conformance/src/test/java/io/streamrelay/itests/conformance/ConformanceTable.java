// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.conformance;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of the conformance cases, as Markdown. */
final class ConformanceTable {

    private static final String PASSED = "passed";
    private static final String NOT_RUN = "not run";
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\|.*\\| ([^|]+) \\|$", Pattern.MULTILINE);

    private final SortedMap<Integer, String> cases;
    private final Map<Integer, List<TaggedTest>> tests;

    /**
     * @param cases what each case says, by its number
     * @param tests the tests that show them
     * @throws IllegalArgumentException when a test shows a case that there is not
     */
    ConformanceTable(SortedMap<Integer, String> cases, Collection<TaggedTest> tests) {
        this.cases = cases;
        this.tests = tests.stream()
                .sorted(TaggedTest.ORDER)
                .collect(Collectors.groupingBy(TaggedTest::conformanceCase, TreeMap::new, Collectors.toList()));
        this.tests.keySet().stream()
                .filter(number -> !cases.containsKey(number))
                .forEach(number -> {
                    throw new IllegalArgumentException("there is no case " + number + ": " + this.tests.get(number));
                });
    }

    /** The cases that no test shows. */
    List<Integer> withoutTest() {
        return cases.keySet().stream()
                .filter(number -> !tests.containsKey(number))
                .toList();
    }

    /** The table with what became of the tests. */
    String render(Function<TaggedTest, TestReports.Outcome> outcomes) {
        StringBuilder table =
                new StringBuilder("| case | what it says | played by | shown by | result |\n|---|---|---|---|---|\n");
        cases.forEach((number, words) -> {
            List<TaggedTest> shown = tests.getOrDefault(number, List.of());
            String players =
                    shown.stream().map(test -> test.player().label()).distinct().collect(Collectors.joining(", "));
            String names = shown.stream().map(test -> "`" + test.label() + "`").collect(Collectors.joining(", "));
            String result = result(shown, outcomes);
            table.append("| %d | %s | %s | %s | %s |%n".formatted(number, words, players, names, result));
        });
        return table.toString();
    }

    private static String result(List<TaggedTest> shown, Function<TaggedTest, TestReports.Outcome> outcomes) {
        List<TestReports.Outcome> results = shown.stream().map(outcomes).toList();
        if (results.isEmpty()) {
            return "no test";
        } else if (results.contains(TestReports.Outcome.FAILED)) {
            return "failed";
        }
        return results.contains(TestReports.Outcome.NOT_RUN) ? NOT_RUN : PASSED;
    }

    /** The cases of a table whose tests did not all run. */
    static List<Integer> notRun(String table) {
        return ROW.matcher(table)
                .results()
                .filter(row -> row.group(2).equals(NOT_RUN))
                .map(row -> Integer.valueOf(row.group(1)))
                .toList();
    }

    /** Whether two tables say the same, but for the results of what did not run for the first. */
    static boolean agree(String now, String before) {
        List<Integer> unknown = notRun(now);
        return without(unknown, now).equals(without(unknown, before));
    }

    private static String without(List<Integer> numbers, String table) {
        return ROW.matcher(table).replaceAll(row -> {
            boolean left = !numbers.contains(Integer.valueOf(row.group(1)));
            String line = row.group();
            return Matcher.quoteReplacement(left ? line : line.substring(0, row.start(2) - row.start()));
        });
    }
}
