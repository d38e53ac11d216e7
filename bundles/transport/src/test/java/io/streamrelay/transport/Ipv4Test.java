// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Endpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4Test {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "1.2.3.4", "127.128.129.130", "192.0.2.255", "255.255.255.255"})
    void convertsBothWays(String address) {
        int number = Endpoint.parseAddress(address);

        assertEquals(address, Ipv4.inetAddress(number).getHostAddress());
        assertEquals(number, Ipv4.number(Ipv4.inetAddress(number)));
    }
}
