// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrokerMarksTest {

    private final BrokerMarks marks = new BrokerMarks();

    @Test
    void makesANameUpOnce() {
        String made = marks.propose().orElseThrow();
        assertEquals(16, made.length());
        assertEquals(Optional.of(made), marks.latest());
        assertTrue(marks.propose().isEmpty());
    }

    @Test
    void takesTheNameThatThereIs() {
        marks.learn("0123456789abcdef");
        assertTrue(marks.propose().isEmpty());
        assertEquals(Set.of("0123456789abcdef"), marks.all());
    }

    @Test
    void knowsBothNamesWhenTwoBeginTogether() {
        String made = marks.propose().orElseThrow();
        marks.learn("0123456789abcdef");
        assertEquals(Set.of(made, "0123456789abcdef"), marks.all());
        assertEquals(Optional.of("0123456789abcdef"), marks.latest());
    }

    @Test
    void believesInFewNamesOfTheRightShape() {
        marks.learn("");
        marks.learn("too long to be a name");
        for (int i = 0; i < 20; i++) {
            marks.learn(String.format("%016x", i));
        }
        assertEquals(8, marks.all().size());
    }
}
