// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PortOffsetTest {

    @Test
    void movesDefaultPorts() {
        assertEquals(19_777, PortOffset.of(null).from(19_777));
        assertEquals(19_784, PortOffset.of("7").from(19_777));
    }

    @Test
    void refusesWhatLeavesTheRangeOfPorts() {
        assertEquals(40_000, PortOffset.of("40000").value());
        for (String bad : new String[] {"40001", "-1", "many", ""}) {
            assertThrows(ConfigurationException.class, () -> PortOffset.of(bad), bad);
        }
    }
}
