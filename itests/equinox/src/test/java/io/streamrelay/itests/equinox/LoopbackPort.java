// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import io.streamrelay.itests.karaf.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** A TCP port of the loopback interface. */
record LoopbackPort(int number) {

    private static final long OPEN_SECONDS = 30;

    /** One that nobody listens at. */
    static LoopbackPort free() throws IOException {
        return new LoopbackPort(FreePort.find());
    }

    String url() {
        return "tcp://127.0.0.1:" + number;
    }

    /** Until somebody listens. */
    void awaitOpen() throws IOException, InterruptedException {
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(OPEN_SECONDS);
        while (!isOpen()) {
            if (System.nanoTime() > untilNs) {
                throw new IOException("nobody listens at port " + number);
            }
            Thread.sleep(20);
        }
    }

    private boolean isOpen() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), number), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
