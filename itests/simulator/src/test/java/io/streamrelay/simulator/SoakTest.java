// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.simulator.figures.Soak;
import org.junit.jupiter.api.TestInfo;

/** A day of a small network under churn, some 17 s; itests/figures runs a month of it. */
class SoakTest {

    private static final int DAYS = 1;

    @SeededTest(fixed = 1)
    void everyDayEndsWithEverythingDelivered(long seed, TestInfo test) {
        Soak soak = Soak.started(Stages.options(test, seed, Soak.NODES), Stages::simulation);
        for (int day = 0; day < DAYS; day++) {
            soak.day();
        }
    }
}
