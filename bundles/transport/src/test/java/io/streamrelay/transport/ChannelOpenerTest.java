// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.transport.PortInUseException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;

class ChannelOpenerTest {

    private static final int BUFFER_BYTES = 64 << 10;

    private final InetAddress loopback = InetAddress.getLoopbackAddress();

    @Test
    void opensANonBlockingChannelOnAFreePort() throws IOException {
        try (DatagramChannel channel = ChannelOpener.open(loopback, 0, BUFFER_BYTES)) {
            assertFalse(channel.isBlocking());
            assertTrue(((InetSocketAddress) channel.getLocalAddress()).getPort() > 0);
        }
    }

    @Test
    void namesAddressAndPortWhenThePortIsTaken() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            int port = taken.getLocalPort();
            PortInUseException e =
                    assertThrows(PortInUseException.class, () -> ChannelOpener.open(loopback, port, BUFFER_BYTES));

            assertEquals(port, e.port());
            assertTrue(e.getMessage().contains("127.0.0.1"), e.getMessage());
            assertTrue(e.getMessage().contains(String.valueOf(port)), e.getMessage());
        }
    }

    @Test
    void saysSoWhenTheAddressIsNotOfThisHost() throws IOException {
        InetAddress foreign = InetAddress.getByName("192.0.2.1");
        IOException e = assertThrows(IOException.class, () -> ChannelOpener.open(foreign, 19777, BUFFER_BYTES));

        assertFalse(e instanceof PortInUseException);
        assertTrue(e.getMessage().startsWith("UDP port 19777 on 192.0.2.1 cannot be opened"), e.getMessage());
    }
}
