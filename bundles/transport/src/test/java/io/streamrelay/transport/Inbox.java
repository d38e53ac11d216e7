// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.DatagramReceiver;
import io.streamrelay.api.transport.SocketId;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A receiver that keeps what it gets. */
final class Inbox implements DatagramReceiver {

    record Arrival(SocketId socket, Endpoint from, byte[] datagram, String thread) {}

    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    @Override
    public void received(SocketId socket, Endpoint from, byte[] datagram) {
        Thread thread = Thread.currentThread();
        arrivals.add(new Arrival(socket, from, datagram, thread.getName() + (thread.isDaemon() ? " daemon" : "")));
    }

    Arrival next() throws InterruptedException {
        Arrival arrival = arrivals.poll(10, TimeUnit.SECONDS);
        assertNotNull(arrival, "nothing arrived within 10 s");
        return arrival;
    }

    int size() {
        return arrivals.size();
    }
}
