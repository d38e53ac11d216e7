// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.DatagramSockets;
import io.streamrelay.api.transport.PortInUseException;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.api.transport.TransportOptions;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class UdpTransportTest {

    private final UdpTransport transport = new UdpTransport();

    @Test
    void carriesDatagramsBetweenTwoNodesInOneProcess() throws Exception {
        Inbox firstInbox = new Inbox();
        Inbox secondInbox = new Inbox();
        try (DatagramSockets first = transport.open(on("127.0.0.1", 0, 0), firstInbox);
                DatagramSockets second = transport.open(on("127.0.0.1", 0, 0), secondInbox)) {
            first.send(SocketId.MAIN, mainOf(second), new byte[] {1});
            assertEquals(mainOf(first), secondInbox.next().from());

            second.send(SocketId.MAIN, mainOf(first), new byte[] {2});
            assertEquals(mainOf(second), firstInbox.next().from());
        }
    }

    @Test
    void freesTheMainPortWhenTheProbePortIsTaken() throws IOException {
        try (DatagramSockets taken = transport.open(on("127.0.0.1", 0, 0), new Inbox())) {
            int free = freePort();
            int probe = taken.port(SocketId.PROBE);
            PortInUseException e = assertThrows(
                    PortInUseException.class, () -> transport.open(on("127.0.0.1", free, probe), new Inbox()));
            assertEquals(probe, e.port());

            transport.open(on("127.0.0.1", free, 0), new Inbox()).close();
        }
    }

    @Test
    void reopensTheSamePortsAtOnceFiftyTimes() throws IOException {
        int port = freePort();
        int probePort = freePort();
        for (int i = 0; i < 50; i++) {
            transport.open(on("127.0.0.1", port, probePort), new Inbox()).close();
        }
    }

    @Test
    void leavesNoThreadBehind() throws IOException {
        DatagramSockets sockets = transport.open(on("127.0.0.1", 0, 0), new Inbox());
        String prefix = "srp-udp-" + sockets.port(SocketId.MAIN) + "-";
        assertEquals(2, threadsNamed(prefix));

        sockets.close();
        assertEquals(0, threadsNamed(prefix));
    }

    @Test
    void namesTheOptionItsValueAndWhatIsAllowed() {
        assertRefused(on("localhost", 0, 0), "address", "'localhost'");
        assertRefused(on("0.0.0.0", 65_536, 0), "port", "65536");
        assertRefused(on("0.0.0.0", 0, -1), "probePort", "-1");
        assertRefused(new TransportOptions("0.0.0.0", 0, 0, 0, 1, 1), "bufferBytes", "0");
        assertRefused(new TransportOptions("0.0.0.0", 0, 0, 1, 1_000_001, 1), "packetsPerSecond", "1000001");
        assertRefused(new TransportOptions("0.0.0.0", 0, 0, 1, 1, 0), "queuePackets", "0");
    }

    private void assertRefused(TransportOptions options, String key, String value) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> transport.open(options, new Inbox()));
        assertTrue(e.getMessage().startsWith(key + " "), e.getMessage());
        assertTrue(e.getMessage().endsWith(value), e.getMessage());
    }

    private int freePort() throws IOException {
        try (DatagramSockets sockets = transport.open(on("127.0.0.1", 0, 0), new Inbox())) {
            return sockets.port(SocketId.MAIN);
        }
    }

    private static long threadsNamed(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    private static Endpoint mainOf(DatagramSockets sockets) {
        return Endpoint.of("127.0.0.1", sockets.port(SocketId.MAIN));
    }

    private static TransportOptions on(String address, int port, int probePort) {
        return new TransportOptions(address, port, probePort, 64 << 10, 25_000, 100);
    }
}
