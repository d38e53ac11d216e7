// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceOffsetTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "63, 63", "64, 64", "65, 64", "1000, 64"})
    void skips64BytesButNotBeyondTheEnd(int length, int offset) {
        assertEquals(offset, ReferenceOffset.within(new byte[length]));
    }
}
