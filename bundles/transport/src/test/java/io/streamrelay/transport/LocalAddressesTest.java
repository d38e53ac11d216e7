// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalAddressesTest {

    private static final int LOOPBACK = Endpoint.parseAddress("127.0.0.1");

    @Test
    void namesOnlyTheBoundAddress() {
        assertEquals(List.of(LOOPBACK), new LocalAddresses(LOOPBACK).now());
    }

    @Test
    void namesTheAddressesOfInterfacesThatAreUp() throws SocketException {
        List<Integer> addresses = new LocalAddresses(0).now();

        assertFalse(addresses.isEmpty());
        for (int address : addresses) {
            assertTrue(
                    NetworkInterface.getByInetAddress(Ipv4.inetAddress(address)).isUp());
        }
    }

    @Test
    void putsLoopbackLast() {
        List<Integer> addresses = new LocalAddresses(0).now();
        boolean loopbackSeen = false;
        for (int address : addresses) {
            boolean loopback = Ipv4.inetAddress(address).isLoopbackAddress();
            assertTrue(loopback || !loopbackSeen, "another address after loopback in " + addresses);
            loopbackSeen = loopback;
        }
    }
}
