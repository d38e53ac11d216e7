// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.itests.karaf.process.GatewayHome;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.karaf.process.Sensor;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LinkQuality;
import io.streamrelay.itests.network.lab.Nat;
import io.streamrelay.itests.network.lab.NatKind;
import io.streamrelay.itests.network.lab.NeedsLab;
import io.streamrelay.itests.network.process.OpenHost;
import io.streamrelay.itests.network.process.WholeGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole gateways and their brokers, one behind each kind of NAT, on lines that delay and lose, and nodes in the open that
 * know no key.
 *
 * <pre>
 * sensor ─ broker ─ gateway ─ NAT ═══╗               ╔═══ NAT ─ gateway ─ broker ─ reader
 *                                    ╠═ in the open ═╣
 * sensor ─ broker ─ gateway ─ NAT ═══╝               ╚═══ NAT ─ gateway ─ broker ─ reader
 * </pre>
 */
@NeedsLab
@Order(2)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GatewaysIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final LinkQuality LINE = new LinkQuality(15, 5, 2);

    private static Lab lab;
    private static OpenHost open;
    private static final Map<NatKind, Nat> NATS = new EnumMap<>(NatKind.class);
    private static final Map<NatKind, WholeGateway> GATEWAYS = new EnumMap<>(NatKind.class);
    private static final Map<NatKind, Reader> READERS = new EnumMap<>(NatKind.class);

    @BeforeAll
    static void start() throws Exception {
        lab = Lab.open("gateways");
        open = OpenHost.start(lab, NodeConfig.DEFAULT_CLUSTER);
        for (NatKind kind : NatKind.values()) {
            Nat nat = lab.nat("nat-" + kind, kind, "203.0.113." + (100 + kind.ordinal()), LINE);
            NATS.put(kind, nat);
            // One after the other: to start a gateway is work, and a machine may be small.
            WholeGateway gateway = start(nat.host("host-" + kind));
            gateway.awaitReady();
            GATEWAYS.put(kind, gateway);
            READERS.put(kind, gateway.reader("demo/#"));
        }
    }

    private static WholeGateway start(Host host) throws IOException {
        String peers = OpenHost.endpoints().stream().map(Endpoint::toString).collect(Collectors.joining(", "));
        GatewayHome home = GatewayHome.fresh("gateways-" + host.name())
                .configure("io.streamrelay.node", "peers = " + peers)
                .configure("io.streamrelay.subcluster-demo", "name = demo", "sharedKey = of four gateways");
        return WholeGateway.start(host, home);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @Order(1)
    @ParameterizedTest
    @EnumSource
    void whatASensorSaysBehindOneKindIsReadBehindEach(NatKind kind) throws Exception {
        assertReadBehindEach("demo/before", kind);
    }

    @Order(2)
    @Test
    void flowsRunBetweenAllNatsButTwoSymmetricOnes() {
        for (NatKind kind : NatKind.values()) {
            for (NatKind other : NatKind.values()) {
                String address = NATS.get(other).publicAddress();
                assertTrue(
                        kind == other
                                || Await.comes(PATIENCE, () -> NATS.get(kind).carriesFlowWith(address)),
                        kind + " and " + other);
            }
        }
    }

    @Order(3)
    @ParameterizedTest
    @EnumSource
    void itIsReadAlsoWhenNobodyIsInTheOpenAnyMore(NatKind kind) throws Exception {
        open.close();
        assertReadBehindEach("demo/after", kind);
    }

    private static void assertReadBehindEach(String topic, NatKind kind) throws Exception {
        try (Sensor sensor = GATEWAYS.get(kind).sensor()) {
            sensor.publish(topic + "/" + kind, kind.name().getBytes(UTF_8), false);
        }
        for (NatKind other : NatKind.values()) {
            assertEquals(List.of(topic + "/" + kind + " " + kind), read(other), "behind " + other);
        }
    }

    private static List<String> read(NatKind kind) throws InterruptedException {
        return READERS.get(kind).take(1, PATIENCE).stream()
                .map(reading -> reading.topic() + " " + new String(reading.payload(), UTF_8))
                .toList();
    }
}
