// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.score;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.TestInfo;

/**
 * Writes down what a test measured for a row of the field criteria:
 *
 * <pre>
 *   Score row = Score.row("D21").part("30 %").seed(seed).passValue("100 %, p99 &lt; 5 s").shownBy(test);
 *   …
 *   row.measured("100 %, p99 2.1 s").passed(p99Ms &lt; 5_000);
 * </pre>
 *
 * From {@link #shownBy} on the row counts as failed, so that a test that breaks off before {@link #passed} is not taken
 * for one that did not run. It only writes; the test still asserts. Results lie in {@code target/scorecard} of the module
 * whose test runs.
 */
public final class Score {

    /** Surefire and Failsafe set it to the module's folder. */
    private static final String MODULE_FOLDER = System.getProperty("basedir", "");

    private final Path folder;
    private final String row;
    private String part = Criterion.WHOLE;
    private long seed;
    private String pass;
    private String measured = "broke off";
    private String shownBy;

    Score(String row, Path folder) {
        Criterion criterion = Criteria.all().get(row);
        if (criterion == null) {
            throw new IllegalArgumentException("the field criteria have no row " + row);
        }
        this.row = row;
        this.folder = folder;
        pass = criterion.pass();
    }

    /** @throws IllegalArgumentException when there is no such row */
    public static Score row(String row) {
        return new Score(row, Path.of(MODULE_FOLDER, "target", "scorecard"));
    }

    /** Names the measurement, of a row that takes several. */
    public Score part(String name) {
        part = Objects.requireNonNull(name);
        return this;
    }

    /** The seed of the run: results of several seeds stand beside each other, and the row shows the worst. */
    public Score seed(long value) {
        seed = value;
        return this;
    }

    /** What this measurement passes with, when it is not the row's own value. */
    public Score passValue(String value) {
        pass = Objects.requireNonNull(value);
        return this;
    }

    /** The figure. */
    public Score measured(String figure) {
        measured = Objects.requireNonNull(figure);
        return this;
    }

    /** The test. From here on the row counts as failed, until {@link #passed} says otherwise. */
    public Score shownBy(TestInfo test) {
        return shownBy(test.getTestClass().orElseThrow().getSimpleName() + "."
                + test.getTestMethod().orElseThrow().getName());
    }

    /** The same for what is no JUnit 5 test: {@code Class.method}. */
    public Score shownBy(String test) {
        shownBy = Objects.requireNonNull(test);
        result(false).write(folder);
        return this;
    }

    /** Writes the result down, and prints it; returns what it was given, to be asserted. */
    public boolean passed(boolean good) {
        Result result = result(good);
        result.write(folder);
        System.out.println(result);
        return good;
    }

    private Result result(boolean good) {
        return new Result(row, part, seed, pass, measured, good, Objects.requireNonNull(shownBy, "shownBy(test)"));
    }
}
