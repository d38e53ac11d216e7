// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.itests.karaf.process.GatewayHome;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.karaf.process.Sensor;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LinkQuality;
import io.streamrelay.itests.network.lab.NatKind;
import io.streamrelay.itests.network.lab.NeedsLab;
import io.streamrelay.itests.network.process.WholeGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole gateways and their brokers, one behind each kind of NAT, on lines that delay and lose, and one in the open that
 * knows no key.
 *
 * <pre>
 * sensor ─ broker ─ gateway ─ NAT ═══╗               ╔═══ NAT ─ gateway ─ broker ─ reader
 *                                    ╠═ in the open ═╣
 * sensor ─ broker ─ gateway ─ NAT ═══╝               ╚═══ NAT ─ gateway ─ broker ─ reader
 * </pre>
 */
@NeedsLab
class GatewaysIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final LinkQuality LINE = new LinkQuality(15, 5, 2);
    private static final String PUBLIC = "203.0.113.10";

    private static Lab lab;
    private static final Map<NatKind, WholeGateway> GATEWAYS = new EnumMap<>(NatKind.class);
    private static final Map<NatKind, Reader> READERS = new EnumMap<>(NatKind.class);

    @BeforeAll
    static void start() throws Exception {
        lab = Lab.open("gateways");
        WholeGateway open = start(lab.internet("open", PUBLIC), "a key of its own", "");
        for (NatKind kind : NatKind.values()) {
            Host host = lab.nat("nat-" + kind, kind, "203.0.113." + (100 + kind.ordinal()), LINE)
                    .host("host-" + kind);
            GATEWAYS.put(kind, start(host, "of four gateways", PUBLIC + ":" + WholeGateway.UDP_PORT));
        }
        open.awaitReady();
        for (NatKind kind : NatKind.values()) {
            GATEWAYS.get(kind).awaitReady();
            READERS.put(kind, GATEWAYS.get(kind).reader("demo/#"));
        }
    }

    private static WholeGateway start(Host host, String key, String peers) throws IOException {
        GatewayHome home = GatewayHome.fresh("gateways-" + host.name())
                .configure("io.streamrelay.node", "peers = " + peers)
                .configure("io.streamrelay.subcluster-demo", "name = demo", "sharedKey = " + key);
        return WholeGateway.start(host, home);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatASensorSaysBehindOneKindIsReadBehindEach(NatKind kind) throws Exception {
        try (Sensor sensor = GATEWAYS.get(kind).sensor()) {
            sensor.publish("demo/" + kind, kind.name().getBytes(UTF_8), false);
        }
        for (NatKind other : NatKind.values()) {
            assertEquals(List.of("demo/" + kind + " " + kind), read(other), "behind " + other);
        }
    }

    private static List<String> read(NatKind kind) throws InterruptedException {
        return READERS.get(kind).take(1, PATIENCE).stream()
                .map(reading -> reading.topic() + " " + new String(reading.payload(), UTF_8))
                .toList();
    }
}
