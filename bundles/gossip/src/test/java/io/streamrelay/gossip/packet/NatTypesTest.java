// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NatTypesTest {

    @ParameterizedTest
    @ValueSource(ints = {-1, 37, 32 + 31, Integer.MAX_VALUE, Integer.MIN_VALUE + 31})
    void refusesNumbersOutOfRange(int number) {
        assertFalse(NatTypes.isValid(number));
    }
}
