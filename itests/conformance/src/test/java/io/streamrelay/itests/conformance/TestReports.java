// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What became of the tests that ran, as Surefire and Failsafe have written it down. */
final class TestReports {

    /** What became of a test. */
    enum Outcome {
        PASSED,
        FAILED,
        NOT_RUN
    }

    private static final List<String> NOT_PASSED = List.of("failure", "error", "skipped");

    /** By class and method, and by class alone; whether all of it passed. */
    private final Map<String, Boolean> passed = new HashMap<>();

    /**
     * @param checkout the folder with all modules
     * @param since when this build began: older reports are another's
     */
    static TestReports in(Path checkout, Instant since) {
        TestReports reports = new TestReports();
        try (Stream<Path> files = Files.walk(checkout)) {
            files.filter(TestReports::isReport)
                    .filter(file -> !modified(file).isBefore(since))
                    .forEach(reports::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reports;
    }

    private static boolean isReport(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("TEST-")
                && name.endsWith(".xml")
                && file.getParent().toString().endsWith("-reports");
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Path report) {
        try {
            NodeList cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                count((Element) cases.item(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(report + " is no test report", e);
        }
    }

    /** A parameterized test is written as its name, its parameters' types and a number. */
    private void count(Element testCase) {
        boolean good = NOT_PASSED.stream()
                .allMatch(name -> testCase.getElementsByTagName(name).getLength() == 0);
        String className = testCase.getAttribute("classname");
        String method = testCase.getAttribute("name").split("\\W", 2)[0];
        passed.merge(className, good, Boolean::logicalAnd);
        passed.merge(className + "." + method, good, Boolean::logicalAnd);
    }

    Outcome outcome(TaggedTest test) {
        Boolean good = passed.get(test.method() == null ? test.className() : test.className() + "." + test.method());
        if (good == null) {
            return Outcome.NOT_RUN;
        }
        return good ? Outcome.PASSED : Outcome.FAILED;
    }
}
