// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {

    @ParameterizedTest
    @CsvSource({"-5, 0 s", "4999, 4 s", "720000, 12 min", "11100000, 3 h 5 min", "187200000, 2 d 4 h"})
    void readsTimesAsPeopleDo(long ms, String text) {
        assertEquals(text, Span.time(ms));
    }

    @ParameterizedTest
    @CsvSource({"812, 812 B", "4301, 4.2 KiB", "1572864, 1.5 MiB"})
    void readsSizesAsPeopleDo(long bytes, String text) {
        assertEquals(text, Span.bytes(bytes));
    }
}
