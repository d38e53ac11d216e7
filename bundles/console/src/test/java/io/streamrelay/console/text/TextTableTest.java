// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void alignsTextsLeftAndNumbersRight() {
        assertEquals(
                List.of("name       sent  note", "demo          5", "long-name  1000  x"),
                TextTable.of("name", "sent", "note")
                        .row("demo", 5, null)
                        .row("long-name", 1000, "x")
                        .lines("none"));
    }

    @Test
    void saysSoWhenEmpty() {
        assertEquals(List.of("none"), TextTable.of("name").lines("none"));
    }

    @Test
    void refusesARowThatDoesNotFit() {
        assertThrows(IllegalArgumentException.class, () -> TextTable.of("name").row("a", "b"));
    }
}
