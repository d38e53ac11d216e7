// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

    private final VirtualTime time = new VirtualTime();
    private final List<String> done = new ArrayList<>();

    @Test
    void runsTasksInTheOrderOfTimeThenOfAsking() {
        time.at(20, () -> done.add("c"));
        time.at(10, () -> done.add("a"));
        time.at(10, () -> done.add("b"));
        time.runUntil(20);
        assertEquals(List.of("a", "b", "c"), done);
    }

    @Test
    void runsWhatTasksAskForWhenItIsDueInTime() {
        time.at(10, () -> time.after(5, () -> done.add("at " + time.nowMs())));
        time.at(10, () -> time.after(50, () -> done.add("later")));
        time.runUntil(30);
        assertEquals(List.of("at 15"), done);
        assertEquals(30, time.nowMs());
    }

    @Test
    void refusesWhatHasPassed() {
        time.runUntil(10);
        assertThrows(IllegalArgumentException.class, () -> time.at(9, () -> {}));
    }
}
