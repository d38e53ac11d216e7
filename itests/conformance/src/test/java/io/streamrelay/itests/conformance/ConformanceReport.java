// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares the table in itests/interop/README.md with the tests and what became of them, or writes it; runs after the
 * tests of all modules. {@code write} says "not run" of a case whose tests did not all run. {@code check} lets what did
 * not run in this build be what it was, and names it; {@code full} does not.
 */
public final class ConformanceReport {

    private static final String BEGIN = "<!-- begin of the table -->\n";
    private static final String END = "<!-- end of the table -->\n";
    private static final String HOW = "; 'mvn verify -Dsrp.table=write' writes it anew";

    private ConformanceReport() {}

    /** @param args {@code check}, {@code full} or {@code write}, the folder of the checkout, and since when this build runs */
    public static void main(String[] args) throws IOException {
        Path checkout = Path.of(args[1]);
        Path readme = checkout.resolve("itests/interop/README.md");
        ConformanceTable table = new ConformanceTable(cases(), TaggedTests.in(checkout));
        String text = Files.readString(readme);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        String before = text.substring(begin, end);
        String now = table.render(TestReports.in(checkout, Instant.parse(args[2]))::outcome);
        List<Integer> notRun = ConformanceTable.notRun(now);
        if (args[0].equals("write")) {
            Files.writeString(readme, text.substring(0, begin) + now + text.substring(end));
        } else if (!ConformanceTable.agree(now, before)) {
            throw new IllegalStateException(
                    "the table of conformance cases in " + readme + " is not what the tests say" + HOW + ":\n" + now);
        } else if (args[0].equals("full") && !notRun.isEmpty()) {
            throw new IllegalStateException("not all tests ran of the conformance cases " + notRun);
        }
        if (!notRun.isEmpty()) {
            System.out.println("conformance cases whose tests did not all run in this build: " + notRun);
        }
        if (!table.withoutTest().isEmpty()) {
            throw new IllegalStateException("no test shows the conformance cases " + table.withoutTest());
        }
    }

    private static SortedMap<Integer, String> cases() throws IOException {
        Properties lines = new Properties();
        try (InputStream in = ConformanceReport.class.getResourceAsStream("/conformance-cases.properties")) {
            lines.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        SortedMap<Integer, String> cases = new TreeMap<>();
        lines.stringPropertyNames().forEach(key -> cases.put(Integer.valueOf(key), lines.getProperty(key)));
        return cases;
    }
}
