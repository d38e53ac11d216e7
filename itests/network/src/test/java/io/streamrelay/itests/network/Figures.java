// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What runs of the lab measured; printed always, and written to FIGURES.md with {@code -Dlab.figures=true}. */
public final class Figures {

    private static final Path FILE = Path.of("FIGURES.md");

    private Figures() {}

    /** Replaces the part of that name, which lies between two comments. */
    public static synchronized void publish(String part, List<String> lines) throws IOException {
        lines.forEach(System.out::println);
        if (Boolean.getBoolean("lab.figures")) {
            String begin = "<!-- begin " + part + " -->\n";
            String end = "<!-- end " + part + " -->\n";
            String text = Files.readString(FILE);
            String before = text.substring(0, text.indexOf(begin) + begin.length());
            String after = text.substring(text.indexOf(end));
            Files.writeString(
                    FILE, before + "\n" + circumstances() + "\n\n" + String.join("\n", lines) + "\n\n" + after);
        }
    }

    /** The tests' own processes are part of the load. */
    private static String circumstances() {
        return "Measured on %s, on %d processors with a load of %.0f."
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.getRuntime().availableProcessors(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
