// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.DatagramReceiver;
import io.streamrelay.api.transport.SocketId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all channels of a node and hands each datagram to the receiver, in an array of its own. */
final class ReceiveLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiveLoop.class);

    /** How many datagrams are read from one channel before the next has its turn: a guess. */
    private static final int TURN = 256;

    private final SocketSet sockets;
    private final DatagramReceiver receiver;
    private final Counters counters;
    // One byte more than is taken, so that longer datagrams can be told.
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(UdpSockets.MAX_DATAGRAM_BYTES + 1);
    private final LogLimiter failures = new LogLimiter(LOG);
    private final LogLimiter receiverFailures = new LogLimiter(LOG);

    private volatile boolean stopped;

    ReceiveLoop(SocketSet sockets, DatagramReceiver receiver, Counters counters) {
        this.sockets = sockets;
        this.receiver = receiver;
        this.counters = counters;
    }

    void stop() {
        stopped = true;
        sockets.selector().wakeup();
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                sockets.selector().select(this::read);
            } catch (ClosedSelectorException e) {
                // The receiver itself has closed the sockets.
                return;
            } catch (IOException e) {
                failed("Waiting for datagrams failed", e);
            }
        }
    }

    private void read(SelectionKey key) {
        DatagramChannel channel = (DatagramChannel) key.channel();
        SocketId socket = (SocketId) key.attachment();
        try {
            for (int i = 0; i < TURN && !stopped; i++) {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                if (from == null) {
                    return;
                }
                take(socket, from);
            }
        } catch (ClosedChannelException e) {
            // A pooled socket was closed between the selector's turn and ours.
            key.cancel();
        } catch (IOException e) {
            failed("Receiving on the socket " + socket + " failed", e);
        }
    }

    private void failed(String what, IOException cause) {
        counters.increment(Counter.RECEIVE_FAILED);
        failures.warn(what, cause, System.nanoTime());
    }

    private void take(SocketId socket, InetSocketAddress from) {
        int length = buffer.position();
        if (length == 0) {
            counters.increment(Counter.RECEIVE_EMPTY);
        } else if (length > UdpSockets.MAX_DATAGRAM_BYTES) {
            counters.increment(Counter.RECEIVE_TOO_LONG);
        } else if (from.getPort() == 0) {
            counters.increment(Counter.RECEIVE_NO_SENDER);
        } else {
            byte[] datagram = new byte[length];
            buffer.flip().get(datagram);
            counters.increment(Counter.RECEIVE_DATAGRAMS);
            counters.add(Counter.RECEIVE_BYTES, length);
            handOver(socket, new Endpoint(Ipv4.number(from.getAddress()), from.getPort()), datagram);
        }
    }

    private void handOver(SocketId socket, Endpoint from, byte[] datagram) {
        try {
            receiver.received(socket, from, datagram);
        } catch (RuntimeException e) {
            counters.increment(Counter.RECEIVER_THREW);
            receiverFailures.warn("The receiver of datagrams failed", e, System.nanoTime());
        }
    }
}
