// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConformanceTableTest {

    private static final SortedMap<Integer, String> CASES = new TreeMap<>(Map.of(1, "one", 2, "two", 3, "three"));
    private static final TaggedTest FIRST = new TaggedTest(1, "a.OneVectorTest", "says");
    private static final TaggedTest SECOND = new TaggedTest(2, "io.streamrelay.gossip.engine.TwoTest", null);

    @Test
    void tellsWhoShowsEachCaseAndWhatBecameOfIt() {
        String table = new ConformanceTable(CASES, List.of(SECOND, FIRST))
                .render(test -> test == FIRST ? TestReports.Outcome.PASSED : TestReports.Outcome.FAILED, "");
        assertTrue(table.contains("| 1 | one | vectors | `OneVectorTest.says` | passed |\n"), table);
        assertTrue(table.contains("| 2 | two | engine | `TwoTest` | failed |\n"), table);
        assertTrue(table.contains("| 3 | three |  |  | no test |\n"), table);
    }

    @Test
    void keepsTheResultOfTestsThatDidNotRun() {
        ConformanceTable table = new ConformanceTable(CASES, List.of(FIRST, SECOND));
        String before = table.render(test -> TestReports.Outcome.PASSED, "");
        assertEquals(before, table.render(test -> TestReports.Outcome.NOT_RUN, before));
    }

    @Test
    void namesTheCasesThatNoTestShows() {
        assertEquals(List.of(2, 3), new ConformanceTable(CASES, List.of(FIRST)).withoutTest());
        TaggedTest unknown = new TaggedTest(99, "a.B", "c");
        assertThrows(IllegalArgumentException.class, () -> new ConformanceTable(CASES, List.of(unknown)));
    }

    @Test
    void findsTagsOfClassesAndMethods() {
        String source = """
                @Tag("case-4")
                @Tag("case-5")
                class Tests {

                    @Test
                    @Tag("case-6")
                    void first() {}

                    void second() {}
                }
                """;
        assertEquals(
                List.of(
                        new TaggedTest(4, "a.Tests", null),
                        new TaggedTest(5, "a.Tests", null),
                        new TaggedTest(6, "a.Tests", "first")),
                TaggedTests.of(source, "a.Tests"));
    }
}
