// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static io.streamrelay.simulator.NatKind.ADDRESS_RESTRICTED;
import static io.streamrelay.simulator.NatKind.FULL_CONE;
import static io.streamrelay.simulator.NatKind.PORT_RESTRICTED;
import static io.streamrelay.simulator.NatKind.SYMMETRIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.Endpoint;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NatDeviceTest {

    private static final Endpoint INSIDE = Endpoint.of("10.0.0.1", 19777);
    private static final Endpoint OTHER_SOCKET = Endpoint.of("10.0.0.1", 19778);
    private static final Endpoint REMOTE = Endpoint.of("20.0.0.1", 19777);
    private static final Endpoint OTHER_PORT = Endpoint.of("20.0.0.1", 19778);
    private static final Endpoint STRANGER = Endpoint.of("20.0.0.2", 19777);
    private static final long TIMEOUT_MS = NatOptions.DEFAULT_TIMEOUT_MS;

    private static NatDevice device(NatOptions options) {
        return new NatDevice(0, options, Endpoint.parseAddress("30.0.0.1"), new Chance(1).of("nat"));
    }

    private static NatDevice device(NatKind kind) {
        return device(NatOptions.of(kind));
    }

    private static Endpoint leave(NatDevice device, Endpoint from, Endpoint to, long nowMs) {
        return device.leave(from, to, nowMs).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(
            value = NatKind.class,
            names = {"FULL_CONE", "ADDRESS_RESTRICTED", "PORT_RESTRICTED"})
    void conesMapASocketToOnePortForAllDestinations(NatKind kind) {
        NatDevice device = device(kind);
        Endpoint outside = leave(device, INSIDE, REMOTE, 0);
        assertEquals("30.0.0.1", outside.host());
        assertEquals(outside, leave(device, INSIDE, STRANGER, 0));
        assertNotEquals(outside, leave(device, OTHER_SOCKET, REMOTE, 0));
    }

    @Test
    void symmetricMapsASocketToANewPortForEachDestination() {
        NatDevice device = device(SYMMETRIC);
        Endpoint outside = leave(device, INSIDE, REMOTE, 0);
        assertEquals(outside, leave(device, INSIDE, REMOTE, 1));
        assertNotEquals(outside, leave(device, INSIDE, OTHER_PORT, 1));
        assertNotEquals(outside, leave(device, INSIDE, STRANGER, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "FULL_CONE, true, true",
        "ADDRESS_RESTRICTED, true, false",
        "PORT_RESTRICTED, false, false",
        "SYMMETRIC, false, false"
    })
    void letsInWhatItsKindLetsIn(NatKind kind, boolean otherPort, boolean stranger) {
        NatDevice device = device(kind);
        int port = leave(device, INSIDE, REMOTE, 0).port();
        assertEquals(Optional.of(INSIDE), device.enter(REMOTE, port, 0));
        assertEquals(otherPort, device.enter(OTHER_PORT, port, 0).isPresent());
        assertEquals(stranger, device.enter(STRANGER, port, 0).isPresent());
        assertEquals(Optional.empty(), device.enter(REMOTE, port == 1024 ? 1025 : port - 1, 0));
    }

    @ParameterizedTest
    @EnumSource(NatKind.class)
    void mappingOutlivesItsLastOutboundDatagramByTheTimeoutAndNoMore(NatKind kind) {
        NatDevice device = device(kind);
        int port = leave(device, INSIDE, REMOTE, 0).port();
        assertEquals(port, leave(device, INSIDE, REMOTE, TIMEOUT_MS).port());
        assertEquals(Optional.of(INSIDE), device.enter(REMOTE, port, 2 * TIMEOUT_MS));
        assertEquals(Optional.empty(), device.enter(REMOTE, port, 2 * TIMEOUT_MS + 1));
        assertEquals(0, device.mappings());
        assertNotEquals(port, leave(device, INSIDE, REMOTE, 2 * TIMEOUT_MS + 1).port());
    }

    @Test
    void whatComesInKeepsNothingOpen() {
        NatDevice device = device(PORT_RESTRICTED);
        int port = leave(device, INSIDE, REMOTE, 0).port();
        device.enter(REMOTE, port, TIMEOUT_MS);
        assertEquals(Optional.empty(), device.enter(REMOTE, port, TIMEOUT_MS + 1));
    }

    @Test
    void permissionEndsThoughTheMappingIsKeptOpenTowardOthers() {
        NatDevice device = device(ADDRESS_RESTRICTED);
        int port = leave(device, INSIDE, REMOTE, 0).port();
        leave(device, INSIDE, STRANGER, TIMEOUT_MS);
        assertEquals(Optional.of(INSIDE), device.enter(STRANGER, port, TIMEOUT_MS + 1));
        assertEquals(Optional.empty(), device.enter(REMOTE, port, TIMEOUT_MS + 1));
    }

    @Test
    void usesAllPortsThenRefusesThenUsesThoseThatHaveBecomeFree() {
        NatDevice device = device(NatOptions.of(SYMMETRIC).withPorts(4));
        Set<Integer> ports = new HashSet<>();
        for (int remote = 1; remote <= 4; remote++) {
            ports.add(leave(device, INSIDE, new Endpoint(remote, 1), remote).port());
        }
        assertEquals(Set.of(1024, 1025, 1026, 1027), ports);
        assertEquals(Optional.empty(), device.leave(INSIDE, new Endpoint(5, 1), 5));
        Endpoint reused = leave(device, INSIDE, new Endpoint(5, 1), TIMEOUT_MS + 2);
        assertEquals(Optional.of(INSIDE), device.enter(new Endpoint(5, 1), reused.port(), TIMEOUT_MS + 2));
        assertEquals(Optional.empty(), device.enter(new Endpoint(1, 1), reused.port(), TIMEOUT_MS + 2));
    }

    @Test
    void rebootForgetsEverything() {
        NatDevice device = device(FULL_CONE);
        int port = leave(device, INSIDE, REMOTE, 0).port();
        device.reboot();
        assertEquals(Optional.empty(), device.enter(REMOTE, port, 0));
        assertEquals(0, device.mappings());
    }

    @Test
    void refusesOptionsThatNoDeviceHas() {
        NatOptions options = NatOptions.of(SYMMETRIC);
        assertThrows(IllegalArgumentException.class, () -> options.withPorts(0));
        assertThrows(IllegalArgumentException.class, () -> options.withPorts(NatOptions.PORTS_MAX + 1));
        assertThrows(IllegalArgumentException.class, () -> options.withTimeoutMs(0));
    }
}
