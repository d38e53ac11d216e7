// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop.conformance;

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

    /**
     * The table with what became of the tests.
     *
     * @param before an earlier table, which tells the result of cases whose tests did not all run
     */
    String render(Function<TaggedTest, TestReports.Outcome> outcomes, String before) {
        Map<Integer, String> earlier = results(before);
        StringBuilder table =
                new StringBuilder("| case | what it says | played by | shown by | result |\n|---|---|---|---|---|\n");
        cases.forEach((number, words) -> {
            List<TaggedTest> shown = tests.getOrDefault(number, List.of());
            String players =
                    shown.stream().map(test -> test.player().label()).distinct().collect(Collectors.joining(", "));
            String names = shown.stream().map(test -> "`" + test.label() + "`").collect(Collectors.joining(", "));
            String result = result(shown, outcomes, earlier.getOrDefault(number, "not run"));
            table.append("| %d | %s | %s | %s | %s |%n".formatted(number, words, players, names, result));
        });
        return table.toString();
    }

    private static String result(
            List<TaggedTest> shown, Function<TaggedTest, TestReports.Outcome> outcomes, String earlier) {
        List<TestReports.Outcome> results = shown.stream().map(outcomes).toList();
        if (results.isEmpty()) {
            return "no test";
        } else if (results.contains(TestReports.Outcome.FAILED)) {
            return "failed";
        }
        return results.contains(TestReports.Outcome.NOT_RUN) ? earlier : PASSED;
    }

    private static Map<Integer, String> results(String table) {
        Map<Integer, String> results = new TreeMap<>();
        Matcher rows = ROW.matcher(table);
        while (rows.find()) {
            results.put(Integer.valueOf(rows.group(1)), rows.group(2));
        }
        return results;
    }
}
