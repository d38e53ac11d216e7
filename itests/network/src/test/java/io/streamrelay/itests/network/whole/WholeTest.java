// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is computed of the measurements, without any process. */
class WholeTest {

    private volatile byte[] sink;

    @ParameterizedTest
    @ValueSource(ints = {9, 249, 250, 251, 970, 4_444, 31_999})
    void findsTheRateThatSomebodyCanCarryButForAnEighth(int capacity) {
        int found = new RateSearch(rate -> rate <= capacity).from(250);
        assertTrue(found <= capacity && found >= capacity / 1.13 - 1, "found " + found);
    }

    @Test
    void aRateThatFailsOnceIsTriedAgain() {
        int[] asked = {0};
        int found = new RateSearch(rate -> rate <= 1_000 && asked[0]++ != 0).from(1_000);
        assertEquals(1_000, found);
    }

    @Test
    void whoCarriesNothingIsNoResult() {
        assertThrows(IllegalStateException.class, () -> new RateSearch(perSecond -> new Rate(perSecond).perSecond() < 8)
                .from(250));
    }

    @Test
    void countsWhatCameOfALoadAndNothingOfAnEarlierOne() {
        Outcome outcome = new Outcome(10, 3);
        outcome.arrived(9, 1_000_000);
        outcome.arrived(10, 3_000_000);
        outcome.arrived(12, 6_000_000);
        outcome.arrived(10, 9_000_000);
        outcome.published(new long[] {1_000_000, 2_000_000, 3_000_000});
        assertEquals(List.of(2, 1), List.of(outcome.delivered(), outcome.doubled()));
        assertEquals(2, outcome.latencyMs(0.5));
        assertEquals(3, outcome.latencyMs(0.99));
        assertEquals(0.005, outcome.seconds());
    }

    @Test
    void aFigureThatIsMissingIsNoResult() {
        assertThrows(IllegalStateException.class, () -> new Results().add(Party.REFERENCE, Map.of()));
    }

    @Test
    void threadsOfOnePurposeAreOneKind() {
        assertEquals("srp-19777-worke", Part.threadKind("srp-19777-worker-2"));
        assertEquals("pool-1-thread", Part.threadKind("pool-1-thread-1"));
        assertEquals(Part.threadKind("C1 CompilerThre"), Part.threadKind("C1 CompilerThread0"));
    }

    @Test
    void aRecordingTellsWhoWantedWhatWasAllocated(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("own.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ObjectAllocationSample").withStackTrace().with("throttle", "10000/s");
            recording.start();
            for (int i = 0; i < 2_000; i++) {
                allocateMuch();
            }
            recording.dump(file);
        }
        Costs.Tally memory = Costs.of(file).memory();
        assertEquals("WholeTest.allocateMuch", memory.wanted().get(0).getKey());
        assertTrue(memory.wanted().get(0).getValue() > 0.5, memory.wanted().toString());
        assertEquals(
                "io.streamrelay.itests.network.whole", memory.libraries().get(0).getKey());
    }

    private byte[] allocateMuch() {
        sink = new byte[100_000];
        return sink;
    }

    @Test
    void eachPartyHasARowInEachTable() {
        Results results = new Results();
        for (Party party : Party.values()) {
            Map<Figure, Double> measured = new EnumMap<>(Figure.class);
            Stream.of(Figure.values()).forEach(figure -> measured.put(figure, 1.0));
            results.add(party, measured);
        }
        List<String> lines = new WholeTables(results, 1).lines();
        for (Party party : Party.values()) {
            long rows = lines.stream()
                    .filter(line -> line.startsWith("| " + party.label() + " |"))
                    .count();
            assertEquals(5, rows, party.label());
        }
    }
}
