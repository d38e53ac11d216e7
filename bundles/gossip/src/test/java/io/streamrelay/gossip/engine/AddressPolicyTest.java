// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    private static final Endpoint REMOTE = Endpoint.of("192.0.2.1", 9777);

    private static boolean mayContact(String named, String toldBy) {
        return AddressPolicy.mayContact(Endpoint.of(named, 9777), Endpoint.of(toldBy, 9777));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "0.1.2.3", "224.0.0.251", "239.255.255.250", "240.0.0.1", "255.255.255.255"})
    void nobodyIsSentToWhatIsNoPeersAddress(String named) {
        assertFalse(mayContact(named, "192.0.2.1"));
        assertFalse(mayContact(named, "10.0.0.1"));
        assertFalse(mayContact(named, "127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "198.51.100.7",
                "223.255.255.254",
                "9.255.255.255",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "126.255.255.255",
                "128.0.0.0"
            })
    void anybodyMayNameAnInternetAddress(String named) {
        assertTrue(mayContact(named, "192.0.2.1"));
        assertTrue(mayContact(named, "10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "10.255.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.168.0.0",
                "192.168.255.255",
                "100.64.0.0",
                "100.127.255.255"
            })
    void onlyWhoIsInPrivateSpaceMayNameAnAddressThere(String named) {
        assertFalse(mayContact(named, "192.0.2.1"));
        assertTrue(mayContact(named, "192.168.1.1"));
        assertTrue(mayContact(named, "100.64.0.1"));
    }

    @ParameterizedTest
    @CsvSource({
        "169.254.0.0,     192.0.2.1,   false",
        "169.254.255.255, 10.0.0.1,    false",
        "169.254.7.7,     169.254.1.1, true",
        "127.0.0.1,       192.0.2.1,   false",
        "127.0.0.1,       10.0.0.1,    false",
        "127.255.0.1,     169.254.1.1, false",
        "127.0.0.1,       127.0.0.2,   true"
    })
    void linkAndLoopbackAddressesAreBelievedToThoseWhoAreThere(String named, String toldBy, boolean may) {
        assertEquals(may, mayContact(named, toldBy));
    }

    @Test
    void nobodyIsSentToAWellKnownPort() {
        assertFalse(AddressPolicy.mayContact(Endpoint.of("198.51.100.7", 1023), REMOTE));
        assertTrue(AddressPolicy.mayContact(Endpoint.of("198.51.100.7", 1024), REMOTE));
    }
}
