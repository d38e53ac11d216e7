// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.itests.interop.ReferenceMessage;
import io.streamrelay.itests.interop.ReferencePeer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway and an unmodified reference peer: from sensor to JavaScript, and from JavaScript to reader. */
@Order(6)
class ReferenceMemberIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final String CLUSTER = "reference member";
    private static final String KEY = "5e".repeat(32);
    private static final String TO_REFERENCE = "plant/to-reference";
    private static final String FROM_REFERENCE = "plant/from-reference";

    private static GatewayProcess gateway;
    private static ReferencePeer reference;
    private static String broker;

    @BeforeAll
    static void start() throws Exception {
        GatewayHome home = GatewayHome.fresh("reference")
                .configure("io.streamrelay.node", "cluster = " + CLUSTER)
                .configure("io.streamrelay.subcluster-demo", "name = demo", "sharedKey = hex:" + KEY)
                .configure(
                        "io.streamrelay.mqtt-demo",
                        "subcluster = demo",
                        "format = raw",
                        "routes = " + TO_REFERENCE + " both 1, " + FROM_REFERENCE + " both 1");
        gateway = GatewayProcess.start(home, PortOffset.free());
        ReadyLine ready = gateway.awaitReady();
        broker = ready.brokerUrl();
        reference = ReferencePeer.inCluster(CLUSTER);
        reference.subcluster("demo", HexFormat.of().parseHex(KEY));
        reference.on("demo", TO_REFERENCE);
        reference.connect(Endpoint.of("127.0.0.1", ready.udpPort()), "demo");
        reference.awaitConnection(Id.ofHex(ready.peerId()), PATIENCE);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        List<String> crashes = reference.crashes();
        reference.close();
        assertEquals(List.of(), crashes, "what the gateway sends must not make the reference throw");
    }

    private static byte[] payload(int size) {
        byte[] payload = new byte[size];
        for (int i = 0; i < size; i++) {
            payload[i] = (byte) (i * 31 + size);
        }
        return payload;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 864, 865, 20_000})
    void whatASensorPublishesIsHeardOnceAndVerified(int size) throws Exception {
        try (Sensor sensor = new Sensor(broker)) {
            sensor.publish(TO_REFERENCE, payload(size), false);
        }
        List<ReferenceMessage> heard = reference.awaitMessages(
                PATIENCE, messages -> messages.stream().anyMatch(message -> message.payload().length == size));
        List<ReferenceMessage> same = heard.stream()
                .filter(message -> message.payload().length == size)
                .toList();
        assertEquals(1, same.size());
        assertArrayEquals(payload(size), same.get(0).payload());
        assertTrue(same.get(0).verified());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 864, 865, 20_000})
    void whatTheReferenceEmitsIsReadOnce(int size) throws Exception {
        try (Reader reader = new Reader(broker, FROM_REFERENCE)) {
            reference.emit("demo", FROM_REFERENCE, payload(size));
            List<Reader.Reading> readings = reader.take(1, PATIENCE);
            assertEquals(1, readings.size());
            assertArrayEquals(payload(size), readings.get(0).payload());
            assertEquals(List.of(), reader.takeUntilQuiet(QUIET));
        }
    }
}
