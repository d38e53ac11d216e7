// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void doublesUpToItsLimitAndBeginsAgain() {
        Backoff backoff = new Backoff(() -> 0);
        assertEquals(
                "[1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000]",
                LongStream.generate(backoff::nextMs).limit(8).boxed().toList().toString());
        backoff.reset();
        assertEquals(1000, backoff.nextMs());
    }

    @Test
    void isShorterByAQuarterAtMost() {
        assertEquals(750, new Backoff(() -> 1).nextMs());
        assertEquals(875, new Backoff(() -> 0.5).nextMs());
    }
}
