// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Finds offsets at which every default port of a gateway is free on this host. */
public final class PortOffset {

    private static final int UDP_PORT = 19_777;
    private static final int MQTT_PORT = 1_883;
    private static final int SSH_PORT = 8_101;
    private static final int HTTP_PORT = 8_181;

    /** No difference of two default ports is a multiple of this, so no service gets the port of another gateway's. */
    private static final int STEP = 3;

    private static final int OFFSETS = 4_000;

    /** Tests run side by side, and a gateway opens its ports only seconds after its offset was found. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(RandomGenerator.getDefault().nextInt(OFFSETS));

    private PortOffset() {}

    /** An offset that is free now, and that nobody else in this virtual machine has got. */
    public static int free() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int offset = STEP * (1 + NEXT.getAndIncrement() % OFFSETS);
            if (isUdpFree(UDP_PORT + offset)
                    && isTcpFree(MQTT_PORT + offset)
                    && isTcpFree(SSH_PORT + offset)
                    && isTcpFree(HTTP_PORT + offset)) {
                return offset;
            }
        }
        throw new IllegalStateException("no offset found whose ports are free");
    }

    private static boolean isUdpFree(int port) {
        try (DatagramSocket socket = new DatagramSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isTcpFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
