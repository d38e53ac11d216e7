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
 * machine with much else to do: 17, 57, 2.9, 1.6 and 96 times.
 */
class ReferenceIT {

    /** On a machine that has no time for the compilers it takes some until they have been here. */
    private static final int ATTEMPTS_MAX = 12;

    private static final Samples SAMPLES = new Samples();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void runBoth() throws Exception {
        ReferencePackage.installed();
        for (Figure figure : Figure.values()) {
            measure(figure);
        }
        for (Group group : List.of(Group.CODEC, Group.SEAL, Group.SUMMARY)) {
            attempt(group);
        }
    }

    private static void measure(Figure figure) throws Exception {
        new NodeRun(Pace.TRYING, Path.of(".")).measure(figure.group().script(), figure, Party.REFERENCE, SAMPLES);
    }

    private static void attempt(Group group) throws Exception {
        new JavaRun(Pace.TRYING, folder.resolve(group.script())).attempt(group, SAMPLES);
    }

    @Test
    void everyFigureHasOneOfTheReferences() {
        Stream.of(Figure.values()).forEach(figure -> assertTrue(SAMPLES.median(Party.REFERENCE, figure.key()) > 0));
    }

    @Test
    void encodingIsFaster() throws Exception {
        assertFaster(8, Figure.ENCODE);
    }

    @Test
    void decodingIsFaster() throws Exception {
        assertFaster(28, Figure.DECODE);
    }

    @Test
    void sealingIsFaster() throws Exception {
        assertFaster(1.4, Figure.SEAL_200);
    }

    @Test
    void openingIsFaster() throws Exception {
        assertFaster(0.8, Figure.OPEN_200);
    }

    @Test
    void summaryIsFaster() throws Exception {
        assertFaster(45, Figure.SUMMARY);
    }

    /** Whatever else the machine does makes a time longer, never shorter: the least of all attempts is compared. */
    private static void assertFaster(double times, Figure figure) throws Exception {
        double reached = reached(figure);
        for (int attempt = 1; attempt < ATTEMPTS_MAX && reached < times; attempt++) {
            measure(figure);
            attempt(figure.group());
            reached = reached(figure);
        }
        String said = String.format(Locale.ROOT, "%s: %.2f times as fast as the reference", figure.label(), reached);
        System.out.println(said);
        assertTrue(reached >= times, said);
    }

    private static double reached(Figure figure) {
        return least(Party.REFERENCE, figure) / least(Party.STREAMRELAY, figure);
    }

    private static double least(Party party, Figure figure) {
        return Collections.min(SAMPLES.values().get(party).get(figure.key()));
    }
}
