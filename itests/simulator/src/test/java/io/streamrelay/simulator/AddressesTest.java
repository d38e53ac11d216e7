// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.streamrelay.api.transport.SocketId;
import org.junit.jupiter.api.Test;

class AddressesTest {

    @Test
    void eachNodeAndSocketHasItsOwn() {
        assertEquals("20.0.1.0:19777", Addresses.endpoint(255, SocketId.MAIN).toString());
        assertNotEquals(Addresses.endpoint(1, SocketId.MAIN), Addresses.endpoint(1, SocketId.PROBE));
    }
}
