// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceTableTest {

    private static final SortedMap<Integer, String> CASES = new TreeMap<>(Map.of(1, "one", 2, "two", 3, "three"));
    private static final TaggedTest FIRST = new TaggedTest(1, "a.OneVectorTest", "says");
    private static final TaggedTest SECOND = new TaggedTest(2, "io.streamrelay.gossip.engine.TwoTest", null);

    @Test
    void tellsWhoShowsEachCaseAndWhatBecameOfIt() {
        String table = new ConformanceTable(CASES, List.of(SECOND, FIRST))
                .render(test -> test == FIRST ? TestReports.Outcome.PASSED : TestReports.Outcome.FAILED);
        assertTrue(table.contains("| 1 | one | vectors | `OneVectorTest.says` | passed |\n"), table);
        assertTrue(table.contains("| 2 | two | engine | `TwoTest` | failed |\n"), table);
        assertTrue(table.contains("| 3 | three |  |  | no test |\n"), table);
    }

    @Test
    void saysOfTestsThatDidNotRunThatTheyDidNot() {
        ConformanceTable table = new ConformanceTable(CASES, List.of(FIRST, SECOND));
        String now = table.render(test -> test == FIRST ? TestReports.Outcome.PASSED : TestReports.Outcome.NOT_RUN);
        assertTrue(now.contains("| 1 | one | vectors | `OneVectorTest.says` | passed |\n"), now);
        assertTrue(now.contains("| 2 | two | engine | `TwoTest` | not run |\n"), now);
        assertEquals(List.of(2), ConformanceTable.notRun(now));
    }

    @Test
    void aCaseIsNotRunWhenOneOfItsTestsIsNot() {
        TaggedTest another = new TaggedTest(1, "a.AnotherTest", "says");
        String now = new ConformanceTable(CASES, List.of(FIRST, another))
                .render(test -> test == FIRST ? TestReports.Outcome.PASSED : TestReports.Outcome.NOT_RUN);
        assertEquals(List.of(1), ConformanceTable.notRun(now));
    }

    @Test
    void tablesAgreeButForWhatDidNotRunNow() {
        ConformanceTable table = new ConformanceTable(CASES, List.of(FIRST, SECOND));
        String passed = table.render(test -> TestReports.Outcome.PASSED);
        String notRun = table.render(test -> TestReports.Outcome.NOT_RUN);
        String failed = table.render(test -> TestReports.Outcome.FAILED);
        assertTrue(ConformanceTable.agree(notRun, passed));
        assertFalse(ConformanceTable.agree(passed, notRun));
        assertFalse(ConformanceTable.agree(failed, passed));
        assertFalse(ConformanceTable.agree(
                new ConformanceTable(CASES, List.of(FIRST)).render(test -> TestReports.Outcome.NOT_RUN), passed));
    }

    @Test
    void reportsOfAnEarlierBuildDoNotCount(@TempDir Path checkout) throws IOException {
        Path folder = Files.createDirectories(checkout.resolve("a/target/surefire-reports"));
        Path report = folder.resolve("TEST-a.OneVectorTest.xml");
        Files.writeString(report, "<testsuite><testcase classname='a.OneVectorTest' name='says()'/></testsuite>");
        Instant began = Files.getLastModifiedTime(report).toInstant();
        assertEquals(TestReports.Outcome.PASSED, TestReports.in(checkout, began).outcome(FIRST));
        assertEquals(
                TestReports.Outcome.NOT_RUN,
                TestReports.in(checkout, began.plusSeconds(1)).outcome(FIRST));
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
