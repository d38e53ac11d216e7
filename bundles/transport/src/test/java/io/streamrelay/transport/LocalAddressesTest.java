// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
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
    void putsLoopbackLastAndLeavesOutIpv6() throws UnknownHostException {
        List<Integer> addresses = LocalAddresses.loopbackLast(Stream.of(
                InetAddress.getByName("127.0.0.1"),
                InetAddress.getByName("192.0.2.7"),
                InetAddress.getByName("2001:db8::7"),
                InetAddress.getByName("192.0.2.7"),
                InetAddress.getByName("10.0.0.1")));

        assertEquals(
                List.of(Endpoint.parseAddress("192.0.2.7"), Endpoint.parseAddress("10.0.0.1"), LOOPBACK), addresses);
    }
}
