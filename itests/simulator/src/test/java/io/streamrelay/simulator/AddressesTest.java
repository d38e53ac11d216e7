// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.streamrelay.api.transport.SocketRole;
import org.junit.jupiter.api.Test;

class AddressesTest {

    @Test
    void eachNodeAndSocketHasItsOwn() {
        assertEquals("20.0.1.0:19777", Addresses.endpoint(255, SocketRole.MAIN).toString());
        assertNotEquals(Addresses.endpoint(1, SocketRole.MAIN), Addresses.endpoint(1, SocketRole.PROBE));
    }
}
