// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PipeTest {

    private static final int PAYLOAD = 1_000 - Bandwidth.HEADER_BYTES;

    private final Pipe pipe = new Pipe(10_000, 2_000);

    @Test
    void datagramTakesItsTimeAndThoseBehindItWait() {
        assertEquals(OptionalLong.of(100), pipe.pass(PAYLOAD, 0));
        assertEquals(OptionalLong.of(200), pipe.pass(PAYLOAD, 0));
        assertEquals(OptionalLong.of(150), pipe.pass(PAYLOAD, 150));
        assertEquals(OptionalLong.of(100), pipe.pass(PAYLOAD, 10_000));
    }

    @Test
    void whatFindsTheQueueFullIsLostAndTakesNoTime() {
        for (int sent = 0; sent < 3; sent++) {
            pipe.pass(PAYLOAD, 0);
        }
        assertEquals(OptionalLong.empty(), pipe.pass(PAYLOAD, 0));
        assertEquals(OptionalLong.of(300), pipe.pass(PAYLOAD, 100));
    }

    @Test
    void bandwidthHasAFloor() {
        assertEquals(new Bandwidth(8_000, 8_000, 4_000), Bandwidth.ofBits(64_000));
        assertThrows(IllegalArgumentException.class, () -> new Bandwidth(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Bandwidth(1, 1, -1));
    }
}
