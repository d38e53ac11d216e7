// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreCardTest {

    private static final Map<String, Criterion> CRITERIA = Criteria.parse("""
            A1 | Survives | 1000/1000 |
            A2 | Orders | 0 inversions | not claimed: needs a queue
            A3 | Waits | 100 % | parts: 1 h; 24 h
            """);

    @Test
    void tellsWhatWasMeasuredAndByWhom() {
        String table = card(result("A1", "", 0, "1000/1000", "999/1000", false));
        assertTrue(table.contains("| A1 | Survives | 1000/1000 | **failed** 999/1000 | failed | `T.t` |\n"), table);
    }

    @Test
    void saysThatRowsWithoutAResultWereNotRunOrAreNotClaimed() {
        String table = card();
        assertTrue(table.contains("| A1 | Survives | 1000/1000 |  | not run |  |\n"), table);
        assertTrue(table.contains("| A2 | Orders | 0 inversions | needs a queue | not claimed |  |\n"), table);
    }

    @Test
    void passesARowWhenAllOfItsPartsHave() {
        Result first = result("A3", "1 h", 0, "100 %", "100 %", true);
        assertTrue(card(first).contains("| 1 h: 100 %<br>24 h: not run | not run |"));
        Result second = result("A3", "24 h", 0, "all", "all", true);
        assertTrue(card(first, second).contains("| 1 h: 100 %<br>24 h: all (passes with all) | passed |"));
    }

    @Test
    void showsTheWorstOfSeveralSeeds() {
        Result good = result("A1", "", 1, "1000/1000", "1000/1000", true);
        Result bad = result("A1", "", 2, "1000/1000", "998/1000", false);
        assertTrue(card(good, bad).contains("| **failed** 998/1000, seed 2; 1 of 2 seeds failed | failed |"));
        Result other = result("A1", "", 3, "1000/1000", "1000/1000", true);
        assertTrue(card(other, good).contains("| 1000/1000; 2 seeds | passed |"));
    }

    @Test
    void countsTheVerdicts() {
        ScoreCard card = new ScoreCard(CRITERIA, List.of(result("A1", "", 0, "", "", true)));
        assertEquals("1 passed, 0 failed, 1 not run, 1 not claimed", card.summary());
        assertEquals(List.of("A3"), card.rows(ScoreCard.Verdict.NOT_RUN));
    }

    @Test
    void knowsEveryRowOfTheCriteriaOnce() {
        assertEquals(65, Criteria.all().size());
        assertThrows(IllegalArgumentException.class, () -> Criteria.parse("A1|a|b|\nA1|a|b|"));
        assertThrows(IllegalArgumentException.class, () -> Criteria.parse("A1|a|b"));
    }

    private static String card(Result... results) {
        return new ScoreCard(CRITERIA, List.of(results)).render('A');
    }

    private static Result result(String row, String part, long seed, String pass, String measured, boolean passed) {
        return new Result(row, part, seed, pass, measured, passed, "T.t");
    }
}
