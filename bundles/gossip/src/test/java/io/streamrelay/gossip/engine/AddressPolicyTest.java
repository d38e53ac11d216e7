// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    private static final Endpoint REMOTE = Endpoint.of("192.0.2.1", 1);
    private static final Endpoint LOOPBACK = Endpoint.of("127.0.0.1", 1);

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "0.1.2.3", "224.0.0.251", "239.255.255.250", "255.255.255.255", "127.0.0.1"})
    void refusesWhatARemotePeerMayNotName(String address) {
        assertFalse(AddressPolicy.mayContact(Endpoint.of(address, 9777), REMOTE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.7", "10.0.0.1", "223.255.255.254"})
    void contactsUnicastAddresses(String address) {
        assertTrue(AddressPolicy.mayContact(Endpoint.of(address, 9777), REMOTE));
    }

    @Test
    void believesLoopbackToLoopback() {
        assertTrue(AddressPolicy.mayContact(Endpoint.of("127.0.0.1", 9777), LOOPBACK));
    }
}
