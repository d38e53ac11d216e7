// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The launcher's contract. */
@Order(2)
class LauncherIT {

    private static final Duration TERMINATION_MAX = Duration.ofSeconds(10);

    @Test
    void saysReadyInOneLineAndEndsWithinTenSecondsOfSigterm() throws Exception {
        int offset = PortOffset.free();
        GatewayHome home = GatewayHome.fresh("ready");
        try (GatewayProcess gateway = GatewayProcess.start(home, offset)) {
            ReadyLine ready = gateway.awaitReady();

            assertEquals(1, gateway.output().size(), () -> "it prints the ready line alone: " + gateway.output());
            assertEquals(19_777 + offset, ready.udpPort());
            assertEquals(1_883 + offset, ready.mqttPort());
            try (Reader reader = new Reader(ready.brokerUrl(), "any");
                    Sensor sensor = new Sensor(ready.brokerUrl())) {
                sensor.publish("any", new byte[] {1}, false);
                assertEquals(1, reader.take(1, Duration.ofSeconds(10)).size());
            }

            gateway.terminate();
            assertEquals(Optional.of(0), gateway.awaitExit(TERMINATION_MAX));
        }
    }

    @Test
    void keepsItsIdentityAndItsFilesFromStartToStart() throws Exception {
        int offset = PortOffset.free();
        GatewayHome home = GatewayHome.fresh("restart");
        String first = startAndStop(home, offset).peerId();
        Path demo = home.directory().resolve("etc").resolve("io.streamrelay.mqtt-demo.cfg");
        assertEquals(
                Files.readString(Path.of("..", "..", "config").resolve(demo.getFileName())),
                Files.readString(demo),
                "a start changes no file");
        String edited = Files.readString(demo) + "# edited\n";
        Files.writeString(demo, edited);
        Path settings = home.directory().resolve("etc").resolve("custom.properties");
        String editedSettings = Files.readString(settings) + "# edited, too\n";
        Files.writeString(settings, editedSettings);
        Path followed = home.directory().resolve("etc").resolve("config.properties");
        Path copies = home.directory().resolve("data").resolve("distribution-etc");
        // As if the distribution had been built anew, with another config.properties than before.
        for (Path old : List.of(followed, copies.resolve("config.properties"))) {
            Files.writeString(old, Files.readString(old) + "# of the last distribution\n");
        }
        Files.delete(home.directory().resolve("data").resolve("distribution"));

        int other = PortOffset.free();
        ReadyLine second = startAndStop(home, other);

        assertEquals(first, second.peerId());
        assertEquals(19_777 + other, second.udpPort(), "an untouched port follows the offset");
        assertEquals(edited, Files.readString(demo));
        assertEquals(editedSettings, Files.readString(settings));
        assertFalse(Files.readString(followed).contains("# of the last distribution"), "what nobody edited follows");
    }

    @Test
    void letsAPortInTheConfigurationWin() throws Exception {
        GatewayHome home = GatewayHome.fresh("own-port");
        int port = PortOffset.free() + 19_777;
        home.configure("io.streamrelay.node", "port = " + port);

        assertEquals(port, startAndStop(home, PortOffset.free()).udpPort());
    }

    @Test
    void movesTheDefaultPortsOfConfigurationsThatNameNone() throws Exception {
        int offset = PortOffset.free();
        GatewayHome home = GatewayHome.fresh("no-ports")
                .configure("io.streamrelay.node", "indexed = false")
                .configure("io.streamrelay.mqtt-demo", "subcluster = demo", "routes = demo/# both");
        Path bridge = home.directory().resolve("etc").resolve("io.streamrelay.mqtt-demo.cfg");
        String written = Files.readString(bridge);

        ReadyLine ready = startAndStop(home, offset);

        assertEquals(19_777 + offset, ready.udpPort());
        String broker = "MQTT bridge 'demo' at tcp://127.0.0.1:" + (1_883 + offset);
        assertTrue(Files.readString(home.log()).contains(broker));
        assertEquals(written, Files.readString(bridge));
    }

    @Test
    void keepsItsSecretsFromOtherUsers() throws Exception {
        GatewayHome home = GatewayHome.absent("private");
        startAndStop(home, PortOffset.free());

        for (String name : List.of("etc", "data", "log")) {
            Path folder = home.directory().resolve(name);
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)), name);
        }
    }

    @Test
    void refusesAnMqttPortInUse() throws Exception {
        int offset = PortOffset.free();
        try (ServerSocket other = new ServerSocket(1_883 + offset, 1, InetAddress.getLoopbackAddress())) {
            assertCannotStart(GatewayHome.fresh("mqtt-port"), offset, Integer.toString(other.getLocalPort()));
        }
    }

    @Test
    void refusesAUdpPortInUse() throws Exception {
        int offset = PortOffset.free();
        try (DatagramSocket other = new DatagramSocket(19_777 + offset)) {
            assertCannotStart(GatewayHome.fresh("udp-port"), offset, Integer.toString(other.getLocalPort()));
        }
    }

    @Test
    void refusesAConfigurationThatCannotBeUsed() throws Exception {
        GatewayHome home = GatewayHome.fresh("bad-config").configure("io.streamrelay.node", "port = many");

        assertCannotStart(home, PortOffset.free(), "port: 'many' is not allowed");
    }

    @Test
    void refusesABridgeThatCannotBeUsed() throws Exception {
        GatewayHome home = GatewayHome.fresh("bad-bridge")
                .configure("io.streamrelay.mqtt-demo", "subcluster = demo", "routes = up");

        assertCannotStart(home, PortOffset.free(), "routes: 'up' is not allowed");
    }

    @Test
    void refusesABrokerConfigurationThatCannotBeUsed() throws Exception {
        GatewayHome home = GatewayHome.fresh("bad-broker");
        String broker = Files.readString(Path.of("..", "..", "config", "artemis.xml"));
        Files.writeString(
                home.directory().resolve("etc").resolve("artemis.xml"), broker.replace("<acceptors>", "<acceptors"));

        assertCannotStart(home, PortOffset.free(), "artemis.xml: Element type \"acceptors\"");
    }

    @Test
    void refusesAFileThatCannotBeRead() throws Exception {
        GatewayHome home = GatewayHome.fresh("no-file");
        Files.createDirectory(home.directory().resolve("etc").resolve("io.streamrelay.subcluster-plant.cfg"));

        assertCannotStart(home, PortOffset.free(), "io.streamrelay.subcluster-plant.cfg cannot be read");
    }

    @Test
    void refusesAHomeInUse() throws Exception {
        GatewayHome home = GatewayHome.fresh("twice");
        try (GatewayProcess gateway = GatewayProcess.start(home, PortOffset.free())) {
            gateway.awaitReady();

            assertCannotStart(home, PortOffset.free(), "in use by another gateway");
        }
    }

    @Test
    void refusesAnOptionThatItDoesNotKnow() throws Exception {
        try (GatewayProcess gateway =
                GatewayProcess.start(GatewayHome.fresh("option"), PortOffset.free(), "--port", "5")) {
            assertRefusal(gateway, "--port is not an option");
        }
    }

    private static ReadyLine startAndStop(GatewayHome home, int offset) throws IOException, InterruptedException {
        try (GatewayProcess gateway = GatewayProcess.start(home, offset)) {
            ReadyLine ready = gateway.awaitReady();
            gateway.terminate();
            assertTrue(gateway.awaitExit(TERMINATION_MAX).isPresent(), "still running");
            return ready;
        }
    }

    private static void assertCannotStart(GatewayHome home, int offset, String reason) throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(home, offset)) {
            assertRefusal(gateway, reason);
        }
    }

    private static void assertRefusal(GatewayProcess gateway, String reason) throws InterruptedException {
        Optional<Integer> status = gateway.awaitExit(GatewayProcess.START_MAX);

        assertFalse(status.isEmpty(), () -> "still running: " + gateway.lines());
        assertNotEquals(0, status.get());
        assertEquals(List.of(), gateway.output());
        // On a slow machine the launcher says what it still waits for, and Java's XML parser has a line of its own.
        List<String> lines = gateway.lines().stream()
                .filter(line -> !line.startsWith("streamrelay is still waiting for "))
                .filter(line -> !line.startsWith("[Fatal Error] "))
                .toList();
        assertEquals(1, lines.size(), () -> "one clear line: " + lines);
        assertTrue(
                lines.get(0).startsWith("streamrelay cannot start: ")
                        && lines.get(0).contains(reason),
                lines::toString);
    }
}
