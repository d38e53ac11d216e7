// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LinkQuality;
import io.streamrelay.itests.network.lab.Nat;
import io.streamrelay.itests.network.lab.NatKind;
import io.streamrelay.itests.network.lab.NeedsLab;
import io.streamrelay.itests.network.process.Postman;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lab is what it says it is; without that no other result of it means anything. */
@NeedsLab
class LabIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static Lab lab;
    private static Postman servers;

    @BeforeAll
    static void open() {
        lab = Lab.open("self");
        servers = new Postman(lab.internet("servers", NatProbe.SERVER.host(), NatProbe.OTHER_ADDRESS.host()));
        for (Endpoint server : List.of(NatProbe.SERVER, NatProbe.OTHER_PORT, NatProbe.OTHER_ADDRESS)) {
            servers.open(server.host(), server.port());
        }
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    private static Postman client(Host host, int port) {
        Postman client = new Postman(host);
        client.open("0.0.0.0", port);
        return client;
    }

    @ParameterizedTest
    @EnumSource
    void eachNatMapsAndFiltersAsItsKindDoes(NatKind kind) {
        Nat nat = lab.nat("nat-" + kind, kind, "203.0.113." + (100 + kind.ordinal()));
        try (Postman client = client(nat.host("host-" + kind), 5000 + kind.ordinal())) {
            assertEquals(kind.type(), new NatProbe(client, 5000 + kind.ordinal(), servers).classify());
        }
    }

    @Test
    void datagramThatComesTooEarlyDoesNotTakeThePortOfAPortRestrictedNat() {
        Nat nat = lab.nat("early", NatKind.PORT_RESTRICTED, "203.0.113.120");
        try (Postman client = client(nat.host("early-host"), 5010)) {
            servers.send(NatProbe.SERVER.port(), Endpoint.of("203.0.113.120", 5010), "too early");
            assertTrue(client.sourceOf("too early", Duration.ofMillis(200)).isEmpty());
            client.send(5010, NatProbe.SERVER, "on time");
            assertEquals(
                    Endpoint.of("203.0.113.120", 5010),
                    servers.sourceOf("on time", PATIENCE).orElseThrow());
        }
    }

    @Test
    void slowLineDelaysAndLosesDatagrams() {
        Nat nat = lab.nat("slow", NatKind.PORT_RESTRICTED, "203.0.113.121", new LinkQuality(40, 5, 20));
        try (Postman client = client(nat.host("slow-host"), 5011)) {
            int sent = 1_000;
            for (int i = 0; i < sent; i++) {
                client.send(5011, NatProbe.SERVER, "lossy " + i);
            }
            long tookMs = travelMs(client, 5011);
            assertTrue(tookMs >= 35, "a datagram took " + tookMs + " ms");
            int lost = sent - servers.count("lossy");
            // Twenty percent; chance leaves this range once in millions of runs.
            assertTrue(lost > 130 && lost < 270, lost + " of " + sent + " were lost");
        }
    }

    /** How long a datagram takes to the server, of those that are not lost. */
    private static long travelMs(Postman client, int port) {
        for (int attempt = 0; attempt < 20; attempt++) {
            long sentNs = System.nanoTime();
            client.send(port, NatProbe.SERVER, "timed " + attempt);
            if (servers.sourceOf("timed " + attempt, Duration.ofSeconds(1)).isPresent()) {
                return Duration.ofNanos(System.nanoTime() - sentNs).toMillis();
            }
        }
        throw new AssertionError("twenty datagrams in a row were lost");
    }

    @Test
    void natThatMovesForgetsWhatItHadTranslated() {
        Nat nat = lab.nat("moving", NatKind.PORT_RESTRICTED, "203.0.113.122");
        try (Postman client = client(nat.host("moving-host"), 5012)) {
            client.send(5012, NatProbe.SERVER, "before");
            assertTrue(servers.sourceOf("before", PATIENCE).isPresent());
            nat.moveTo("203.0.113.123");
            client.send(5012, NatProbe.SERVER, "after");
            assertEquals(
                    Endpoint.of("203.0.113.123", 5012),
                    servers.sourceOf("after", PATIENCE).orElseThrow());
        }
    }
}
