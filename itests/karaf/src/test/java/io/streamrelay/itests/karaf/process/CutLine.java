// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The line between a gateway and a broker on this host, which can be cut; what connects anew gets through. */
final class CutLine implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final int target;

    CutLine(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    String url() {
        return "tcp://127.0.0.1:" + listener.getLocalPort();
    }

    void cut() {
        ends.forEach(CutLine::closeQuietly);
        ends.clear();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket gateway = listener.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
                ends.add(gateway);
                ends.add(broker);
                start(() -> pass(gateway, broker));
                start(() -> pass(broker, gateway));
            } catch (IOException e) {
                // Closed, or the broker is away: the gateway sees its connection end.
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Cut.
        }
    }

    private static void closeQuietly(Socket end) {
        try {
            end.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "cut-line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
