// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.DatagramTransport;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.api.transport.TransportOptions;
import io.streamrelay.transport.UdpTransport;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveSocketsTest {

    private static final TransportOptions ANY = new TransportOptions("127.0.0.1", 0, 0, 1 << 16, 1_000, 16);

    private static final TransportOptions IMPOSSIBLE = new TransportOptions("127.0.0.1", 0, 0, 1 << 16, 0, 16);

    @Test
    void opensTheOldOnesAgainWhenTheOthersCannotBeOpened() throws Exception {
        UdpTransport udp = new UdpTransport();
        DatagramTransport picky = (options, receiver) -> {
            if (options == IMPOSSIBLE) {
                throw new IllegalArgumentException("packetsPerSecond");
            }
            return udp.open(options, receiver);
        };
        BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
        try (LiveSockets sockets =
                new LiveSockets(picky, ANY, (socket, from, datagram) -> received.add(datagram.length))) {
            assertThrows(IllegalArgumentException.class, () -> sockets.reopen(IMPOSSIBLE));
            Endpoint self = Endpoint.of("127.0.0.1", sockets.opened().port());
            sockets.send(SocketId.PROBE, self, new byte[5]);
            assertEquals(5, received.poll(10, TimeUnit.SECONDS));
        }
    }
}
