// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/** Finds a TCP port of the loopback interface for a process or a server that opens it later. */
final class FreePort {

    private static final int LOWEST = 20_000;

    /** From here on systems choose ports themselves (32768 on Linux), so that another test's connection may take it first. */
    private static final int END = 32_768;

    private FreePort() {}

    /** @throws IOException if none is found */
    static int find() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = RandomGenerator.getDefault().nextInt(LOWEST, END);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody has it.
            }
        }
        throw new IOException("no free port found from " + LOWEST + " to " + END);
    }
}
