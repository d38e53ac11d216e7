// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SimulationOptionsTest {

    private final SimulationOptions options = SimulationOptions.of("LossyMeshTest#everyMessage", 42, 3);

    @Test
    void namesTheCommandThatReplaysIt() {
        assertEquals(
                "mvn -B -pl itests/simulator -am verify -Dtest='LossyMeshTest#everyMessage'"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dsim.seed=42",
                options.replayCommand());
    }

    @Test
    void aFigureIsRunAgainWithAllOthers() {
        assertEquals(
                "itests/figures meshes",
                SimulationOptions.of("figure S2", 42, 3).replayCommand());
    }

    @Test
    void aChapterIsRunAgainUpToItsSeed() {
        assertEquals(
                "itests/benchmarks/run meshes 42 \"S2\"",
                SimulationOptions.of(SimulationOptions.CHAPTER + "S2", 42, 3).replayCommand());
    }

    @Test
    void isOneLineWithEveryOption() {
        String line = options.withLink(LinkOptions.FAULTY).toString();
        assertTrue(line.contains("seed=42 nodes=3 latencyMs=10..100 jitterMs=40 loss=0.1 duplication=0.01"), line);
        assertEquals(1, line.lines().count());
    }

    @Test
    void refusesAnEmptyWorld() {
        assertThrows(IllegalArgumentException.class, () -> SimulationOptions.of("x", 1, 0));
    }
}
