// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every benchmark runs, briefly, and what does not depend on the machine holds. */
class MicrobenchmarksTest {

    private static final Samples SAMPLES = new Samples();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void runAll() throws Exception {
        for (Group group : Group.values()) {
            attempt(group);
        }
        // Its times are compared below: the median of three does not mind one that was disturbed.
        attempt(Group.SUMMARY);
        attempt(Group.SUMMARY);
    }

    private static void attempt(Group group) throws Exception {
        new JavaRun(Pace.TRYING, folder.resolve(group.script())).attempt(group, SAMPLES);
    }

    @Test
    void everyFigureHasABenchmarkAndEveryBenchmarkAFigure() {
        Set<String> figures =
                Stream.of(Figure.values()).map(Figure::key).collect(Collectors.toCollection(TreeSet::new));
        Set<String> measured = SAMPLES.values().get(Party.STREAMRELAY).keySet().stream()
                .filter(key -> SAMPLES.values().get(Party.STREAMRELAY).containsKey(key + " allocated"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(figures, measured);
    }

    /** Both in this virtual machine, a moment apart; on a machine with much else to do it is 30 times, else 80. */
    @Test
    void summaryAfterInsertCostsAFractionOfOneFromScratch() {
        double times = SAMPLES.median(Party.STREAMRELAY, "summaryFromScratch")
                / SAMPLES.median(Party.STREAMRELAY, "summaryAfterInsert");
        System.out.printf(Locale.ROOT, "summary after insert: %.1f times as fast as from scratch%n", times);
        assertTrue(times >= 15, "only " + times + " times as fast");
    }

    /** In virtual time the same datagrams flow in every run: 8, 295 and 1,047 when the bounds were set. */
    @Test
    void whatLacksIsFoundInAFewDatagrams() {
        assertSyncs(9, 1);
        assertSyncs(325, 100);
        assertSyncs(1_150, 1_000);
    }

    private static void assertSyncs(int most, int difference) {
        double syncs = SAMPLES.median(Party.STREAMRELAY, "sync " + difference + " syncs");
        assertTrue(syncs <= most, syncs + " syncs for " + difference + " packets");
    }

    @Test
    void whatBothHoldIsNotSentAgain() {
        assertEquals(1, SAMPLES.median(Party.STREAMRELAY, "sync 1 publications"));
        assertEquals(100, SAMPLES.median(Party.STREAMRELAY, "sync 100 publications"));
        assertEquals(1_000, SAMPLES.median(Party.STREAMRELAY, "sync 1000 publications"));
    }
}
