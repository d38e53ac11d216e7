// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.attack;

import io.streamrelay.api.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A host with an address of its own on loopback: says what it is told to, and counts what it hears. */
final class LoopbackHost implements AutoCloseable {

    private final DatagramSocket socket;
    private final Consumer<byte[]> ear;
    private final Thread listening;
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicLong bytesHeard = new AtomicLong();

    /** A host that hears and never answers: a victim, or whoever forges its address. */
    LoopbackHost(String address) throws IOException {
        this(address, heard -> {});
    }

    /** @param ear is told of each datagram, on a thread of this host */
    LoopbackHost(String address, Consumer<byte[]> ear) throws IOException {
        this.ear = ear;
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0));
        socket.setReceiveBufferSize(1 << 20);
        listening = new Thread(this::listen, "host-" + address);
        listening.setDaemon(true);
        listening.start();
    }

    private void listen() {
        byte[] buffer = new byte[2_048];
        while (!socket.isClosed()) {
            DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(datagram);
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            bytesHeard.addAndGet(datagram.getLength());
            ear.accept(Arrays.copyOf(buffer, datagram.getLength()));
        }
    }

    void send(Endpoint to, byte[] bytes) {
        if (socket.isClosed()) {
            return;
        }
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName(to.host()), to.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytesSent.addAndGet(bytes.length);
    }

    Endpoint endpoint() {
        return Endpoint.of(socket.getLocalAddress().getHostAddress(), socket.getLocalPort());
    }

    /** UDP payload. */
    long bytesSent() {
        return bytesSent.get();
    }

    /** UDP payload. */
    long bytesHeard() {
        return bytesHeard.get();
    }

    @Override
    public void close() {
        socket.close();
    }
}
