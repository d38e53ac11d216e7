// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Endpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostNamesTest {

    @Test
    void resolvesAName() {
        assertEquals(List.of(Endpoint.parseAddress("127.0.0.1")), HostNames.resolve("localhost"));
    }

    @Test
    void takesADottedQuadAsItIs() {
        assertEquals(List.of(Endpoint.parseAddress("192.0.2.7")), HostNames.resolve("192.0.2.7"));
    }

    @Test
    void findsNothingForAnUnknownName() {
        assertEquals(List.of(), HostNames.resolve("no-such-host.invalid"));
    }

    @Test
    void leavesOutIpv6() {
        assertEquals(List.of(), HostNames.resolve("::1"));
    }
}
