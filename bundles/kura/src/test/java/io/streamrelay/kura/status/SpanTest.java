// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "119999, 119 s",
        "120000, 2 min",
        "7199999, 119 min",
        "7200000, 2 h",
        "172799999, 47 h",
        "172800000, 2 days",
        "8640000000, 100 days"
    })
    void isSaidInUnitsThatPeopleRead(long ms, String text) {
        assertEquals(text, new Span(ms).text());
    }
}
