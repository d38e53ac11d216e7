// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

    @Test
    void tableHasALineForEachRunWithItsRatios() {
        RunSummary run = new RunSummary(3, 10, 20, 100, 900, 70, 50, 7_000, 61_500, 0xabcL);
        List<String> lines = RunSummary.table(List.of(run)).lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.get(1).matches("3 +10 +20 +100 +900 +70 +2\\.50 +3\\.50 +61\\.5 +0{13}abc"), lines.get(1));
    }
}
