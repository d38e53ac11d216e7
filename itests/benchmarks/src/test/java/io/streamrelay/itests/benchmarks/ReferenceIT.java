// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.interop.ReferencePackage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reference's side of each figure runs, briefly. Compared is only what the table shows to be so much faster that a
 * machine with much else to do does not hide it.
 */
class ReferenceIT {

    private static final Samples SAMPLES = new Samples();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void runBoth() throws Exception {
        ReferencePackage.installed();
        for (Figure figure : Figure.values()) {
            new NodeRun(Pace.TRYING, Path.of(".")).measure(figure.group().script(), figure, Party.REFERENCE, SAMPLES);
        }
        for (Group group : List.of(Group.CODEC, Group.SUMMARY)) {
            new JavaRun(Pace.TRYING, folder.resolve(group.script())).attempt(group, SAMPLES);
        }
    }

    @Test
    void everyFigureHasOneOfTheReferences() {
        Stream.of(Figure.values()).forEach(figure -> assertTrue(SAMPLES.median(Party.REFERENCE, figure.key()) > 0));
    }

    @Test
    void decodingIsFaster() {
        assertFaster(2, Figure.DECODE);
    }

    @Test
    void summaryIsFaster() {
        assertFaster(2, Figure.SUMMARY);
    }

    private static void assertFaster(double times, Figure figure) {
        double reached =
                SAMPLES.median(Party.REFERENCE, figure.key()) / SAMPLES.median(Party.STREAMRELAY, figure.key());
        assertTrue(reached >= times, figure.label() + ": " + reached + " times as fast as the reference");
    }
}
