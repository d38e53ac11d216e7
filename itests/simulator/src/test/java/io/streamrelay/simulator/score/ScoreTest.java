// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class ScoreTest {

    private static final Instant EVER = Instant.EPOCH;

    @TempDir
    private Path module;

    @Test
    void writesWhatWasMeasured(TestInfo test) throws IOException {
        assertTrue(score("D21")
                .part("30 %")
                .seed(7)
                .passValue("p99 < 5 s")
                .measured("p99 2.1 s")
                .shownBy(test)
                .passed(true));
        Result written =
                new Result("D21", "30 %", 7, "p99 < 5 s", "p99 2.1 s", true, "ScoreTest.writesWhatWasMeasured");
        assertEquals(List.of(written), ScoreReport.results(module, EVER));
    }

    @Test
    void countsATestThatBreaksOffAsFailed(TestInfo test) throws IOException {
        score("A1").shownBy(test);
        Result written = ScoreReport.results(module, EVER).get(0);
        assertFalse(written.passed());
        assertEquals("broke off", written.measured());
    }

    @Test
    void doesNotCountWhatAnOlderBuildMeasured(TestInfo test) throws IOException {
        score("A1").shownBy(test).passed(true);
        assertEquals(List.of(), ScoreReport.results(module, Instant.now().plusSeconds(1)));
    }

    @Test
    void refusesRowsThatThereAreNot() {
        assertThrows(IllegalArgumentException.class, () -> Score.row("D99"));
        assertThrows(NullPointerException.class, () -> score("A1").passed(true));
    }

    private Score score(String row) {
        return new Score(row, module.resolve("target").resolve("scorecard"));
    }
}
