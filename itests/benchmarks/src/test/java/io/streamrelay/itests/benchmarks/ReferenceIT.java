// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.interop.ReferencePackage;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reference's side of each figure runs, briefly. What is compared is to be half as many times as fast as it was on a
 * machine with much else to do: 7.6, 57, 2.6, 1.6 and 34 times.
 */
class ReferenceIT {

    private static final List<Figure> COMPARED =
            List.of(Figure.ENCODE, Figure.DECODE, Figure.SEAL_200, Figure.OPEN_200, Figure.SUMMARY);

    private static final Samples SAMPLES = new Samples();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void runBoth() throws Exception {
        ReferencePackage.installed();
        measure(List.of(Figure.values()));
        // Whatever else the machine does makes a time longer, never shorter: the least of three is compared.
        measure(COMPARED);
        measure(COMPARED);
    }

    private static void measure(List<Figure> ofTheReference) throws Exception {
        for (Figure figure : ofTheReference) {
            new NodeRun(Pace.TRYING, Path.of(".")).measure(figure.group().script(), figure, Party.REFERENCE, SAMPLES);
        }
        for (Group group : List.of(Group.CODEC, Group.SEAL, Group.SUMMARY)) {
            new JavaRun(Pace.TRYING, folder.resolve(group.script())).attempt(group, SAMPLES);
        }
    }

    @Test
    void everyFigureHasOneOfTheReferences() {
        Stream.of(Figure.values()).forEach(figure -> assertTrue(SAMPLES.median(Party.REFERENCE, figure.key()) > 0));
    }

    @Test
    void encodingIsFaster() {
        assertFaster(3.8, Figure.ENCODE);
    }

    @Test
    void decodingIsFaster() {
        assertFaster(28, Figure.DECODE);
    }

    @Test
    void sealingIsFaster() {
        assertFaster(1.3, Figure.SEAL_200);
    }

    @Test
    void openingIsFaster() {
        assertFaster(0.75, Figure.OPEN_200);
    }

    @Test
    void summaryIsFaster() {
        assertFaster(16, Figure.SUMMARY);
    }

    private static void assertFaster(double times, Figure figure) {
        double reached = least(Party.REFERENCE, figure) / least(Party.STREAMRELAY, figure);
        String said = String.format(Locale.ROOT, "%s: %.2f times as fast as the reference", figure.label(), reached);
        System.out.println(said);
        assertTrue(reached >= times, said);
    }

    private static double least(Party party, Figure figure) {
        return Collections.min(SAMPLES.values().get(party).get(figure.key()));
    }
}
