// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.DatagramReceiver;
import io.streamrelay.api.transport.DatagramSockets;
import io.streamrelay.api.transport.DatagramTransport;
import io.streamrelay.api.transport.TransportOptions;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;

/** Opens UDP sockets over IPv4; a service, or made by its constructor in plain Java. */
@Component(service = DatagramTransport.class)
public final class UdpTransport implements DatagramTransport {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_PACKETS_PER_SECOND = 1_000_000;

    /**
     * {@inheritDoc} The receiver may be called before this method returns.
     *
     * @throws IllegalArgumentException when an option is out of its range
     */
    @Override
    public DatagramSockets open(TransportOptions options, DatagramReceiver receiver) throws IOException {
        check(options);
        UdpSockets sockets = new UdpSockets(SocketSet.open(options), options, receiver);
        sockets.start();
        return sockets;
    }

    private static void check(TransportOptions options) {
        if (!Endpoint.isLiteral(options.address())) {
            throw new IllegalArgumentException("address is a literal IPv4 address, not '" + options.address() + "'");
        }
        checkRange("port", options.port(), 0, MAX_PORT);
        checkRange("probePort", options.probePort(), 0, MAX_PORT);
        checkRange("bufferBytes", options.bufferBytes(), 1, Integer.MAX_VALUE);
        checkRange("packetsPerSecond", options.packetsPerSecond(), 1, MAX_PACKETS_PER_SECOND);
        checkRange("queuePackets", options.queuePackets(), 1, Integer.MAX_VALUE);
    }

    private static void checkRange(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(option + " lies between " + min + " and " + max + ", not " + value);
        }
    }
}
