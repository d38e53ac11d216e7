// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import org.junit.jupiter.api.Test;

class SubnetTest {

    private static int address(String text) {
        return Endpoint.parseAddress(text);
    }

    @Test
    void containsItsHostsAndNeitherOfItsOwnAddresses() {
        Subnet subnet = new Subnet(address("192.168.7.130"), 26);
        assertTrue(subnet.contains(address("192.168.7.129")));
        assertTrue(subnet.contains(address("192.168.7.190")));
        for (String other : new String[] {"192.168.7.128", "192.168.7.191", "192.168.7.127", "192.168.7.192"}) {
            assertFalse(subnet.contains(address(other)), other);
        }
    }

    @Test
    void reachesAllByItsBroadcastAddress() {
        assertEquals(address("192.168.7.191"), new Subnet(address("192.168.7.130"), 26).broadcast());
        assertEquals(address("10.255.255.255"), new Subnet(address("10.1.2.3"), 8).broadcast());
        assertEquals(address("10.1.2.3"), new Subnet(address("10.1.2.1"), 30).broadcast());
    }

    @Test
    void hasRoomForMoreThanOneOther() {
        assertThrows(IllegalArgumentException.class, () -> new Subnet(1, 31));
        assertThrows(IllegalArgumentException.class, () -> new Subnet(1, 0));
    }
}
