// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.score;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What one test measured for a row, as it is written to a file of its own.
 *
 * @param row of the criterion
 * @param part the measurement's name, {@link Criterion#WHOLE} when the row takes one
 * @param seed of the run, or 0
 * @param pass the value that this part passes with
 * @param measured the figure
 * @param passed whether the figure is as good as the value
 * @param shownBy the test
 */
record Result(String row, String part, long seed, String pass, String measured, boolean passed, String shownBy) {

    static Result read(Path file) {
        Properties lines = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            lines.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Result(
                lines.getProperty("row"),
                lines.getProperty("part"),
                Long.parseLong(lines.getProperty("seed")),
                lines.getProperty("pass"),
                lines.getProperty("measured"),
                Boolean.parseBoolean(lines.getProperty("passed")),
                lines.getProperty("shownBy"));
    }

    /** Writes it over what an earlier run measured. */
    void write(Path folder) {
        Properties lines = new Properties();
        lines.setProperty("row", row);
        lines.setProperty("part", part);
        lines.setProperty("seed", Long.toString(seed));
        lines.setProperty("pass", pass);
        lines.setProperty("measured", measured);
        lines.setProperty("passed", Boolean.toString(passed));
        lines.setProperty("shownBy", shownBy);
        try {
            Files.createDirectories(folder);
            try (Writer out = Files.newBufferedWriter(folder.resolve(fileName()))) {
                lines.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String fileName() {
        return (row + "-" + part + "-" + seed).replaceAll("[^\\w-]+", "_") + ".properties";
    }

    @Override
    public String toString() {
        return "score " + row + (part.isEmpty() ? "" : " (" + part + ")") + (passed ? " passed: " : " failed: ")
                + measured + (seed == 0 ? "" : ", seed " + seed);
    }
}
