// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes itests/SCORECARD.md from what the tests of this build have measured: its arguments are the folder of the
 * checkout, the time when the build began, whether the build is to show all rows, and a folder for the card of a build of
 * chosen tests ({@code -Dtest}, {@code -Dit.test}), which leaves the file alone. What an older build measured does not count.
 *
 * <p>A row that has failed ends the build, and so does, where the build is to show all rows (profile {@code field}), one
 * that has not run.
 */
public final class ScoreReport {

    private static final String RESULTS = Path.of("target", "scorecard").toString();

    private ScoreReport() {}

    public static void main(String[] args) throws IOException {
        Path checkout = Path.of(args[0]);
        List<Result> results = results(checkout.resolve("itests"), Instant.parse(args[1]));
        ScoreCard card = new ScoreCard(Criteria.all(), results);
        Path file = isOfChosenTests()
                ? Path.of(args[3], "SCORECARD.md")
                : checkout.resolve("itests").resolve("SCORECARD.md");
        Files.createDirectories(file.getParent());
        boolean complete = Boolean.parseBoolean(args[2]) && !isOfChosenTests();
        Files.writeString(file, text(card, complete));
        System.out.println("score card: " + card.summary() + "; see " + file);
        List<String> failed = card.rows(ScoreCard.Verdict.FAILED);
        List<String> notRun = complete ? card.rows(ScoreCard.Verdict.NOT_RUN) : List.of();
        if (!failed.isEmpty() || !notRun.isEmpty()) {
            throw new IllegalStateException(
                    "score card: rows that failed: " + failed + ", that did not run: " + notRun + "; see " + file);
        }
    }

    /** Which build has written it, and in which form. */
    private static String origin(boolean complete) {
        boolean isLong = "long".equals(System.getProperty("field"));
        return "Written by `mvn %sverify` on %s%s."
                .formatted(
                        complete ? "-Pfield " : "",
                        LocalDate.now(ZoneOffset.UTC),
                        complete
                                ? ", the " + (isLong ? "long form" : "short form; `-Dfield=long` has the long one")
                                : "");
    }

    private static boolean isOfChosenTests() {
        return System.getProperty("test") != null || System.getProperty("it.test") != null;
    }

    /** Those in all modules below a folder that were written since then. */
    static List<Result> results(Path folder, Instant since) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getParent().endsWith(RESULTS))
                    .filter(file -> !modified(file).isBefore(since))
                    .sorted()
                    .map(Result::read)
                    .toList();
        }
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(ScoreCard card, boolean complete) {
        return """
                # Score card

                What the field demands of a gateway, row by row, beside what was measured: %s.
                %s A build writes this file from the results of its own tests; a row whose test did not run in that build says so.
                Rows of the simulator replay from their seed ([simulator](simulator/README.md)); the others run real gateways ([network](network/README.md)).

                ## DTN architecture (RFC 4838)

                %s
                ## Bundle Protocol 7 (RFC 9171): the same properties, with another wire

                %s
                ## Denied, disconnected, intermittent, limited, degraded

                %s""".formatted(card.summary(), origin(complete), card.render('A'), card.render('B'), card.render('D'));
    }
}
