// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.7", "255.255.255.255", "10.20.30.40"})
    void readsAndWritesDottedQuads(String quad) {
        assertEquals(quad + ":9777", Endpoint.of(quad, 9777).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "1..2.3",
                "01.2.3.4",
                "1.2.3.4 ",
                "::1",
                "1.2.3.-4"
            })
    void resolvesNothing(String text) {
        assertFalse(Endpoint.isLiteral(text));
        assertThrows(IllegalArgumentException.class, () -> Endpoint.of(text, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536})
    void refusesImpossiblePorts(int port) {
        assertThrows(IllegalArgumentException.class, () -> Endpoint.of("192.0.2.7", port));
    }

    @Test
    void acceptsThePortsAtTheEdges() {
        assertEquals(1, Endpoint.of("192.0.2.7", 1).port());
        assertEquals(65535, Endpoint.of("192.0.2.7", 65535).port());
    }

    @Test
    void isEqualByAddressAndPort() {
        Endpoint one = Endpoint.of("192.0.2.7", 9777);
        assertEquals(Endpoint.of("192.0.2.7", 9777), one);
        assertEquals(Endpoint.of("192.0.2.7", 9777).hashCode(), one.hashCode());
        assertNotEquals(Endpoint.of("192.0.2.7", 9778), one);
        assertNotEquals(Endpoint.of("192.0.2.8", 9777), one);
        assertNotEquals("192.0.2.7:9777", one);
    }

    /** Hash tables of peers behind carriers' NATs hold thousands of such ones. */
    @Test
    void neighboursWithPortsOfOneRangeHaveDifferentHashes() {
        Set<Integer> hashes = new HashSet<>();
        for (int host = 0; host < 256; host++) {
            for (int port = 40_000; port < 40_064; port++) {
                hashes.add(Endpoint.of("10.0.0." + host, port).hashCode());
            }
        }
        assertEquals(256 * 64, hashes.size());
    }
}
