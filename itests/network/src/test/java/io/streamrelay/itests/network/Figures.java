// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs of the lab measured; printed always, and with {@code -Dlab.figures=true} written to FIGURES.md and to whatever
 * part of that name the project's README.md has.
 */
public final class Figures {

    private static final Path FILE = Path.of("FIGURES.md");
    private static final Path README = Path.of("..", "..", "README.md");

    private Figures() {}

    /** Replaces the part of that name, which lies between two comments. */
    public static synchronized void publish(String part, List<String> lines) throws IOException {
        lines.forEach(System.out::println);
        if (Boolean.getBoolean("lab.figures")) {
            List<String> all = new ArrayList<>(List.of(circumstances(), ""));
            all.addAll(lines);
            write(FILE, part, all);
            if (Files.readString(README).contains(begin(part))) {
                write(README, part, all);
            }
        }
    }

    private static void write(Path file, String part, List<String> lines) throws IOException {
        new MarkedPart(file, begin(part), "<!-- end " + part + " -->").write(lines);
    }

    private static String begin(String part) {
        return "<!-- begin " + part + " -->";
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
