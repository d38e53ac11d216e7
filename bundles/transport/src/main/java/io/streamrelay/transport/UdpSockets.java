// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.DatagramReceiver;
import io.streamrelay.api.transport.DatagramSockets;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.api.transport.Subnet;
import io.streamrelay.api.transport.TransportOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of one node with their two threads, {@code srp-udp-<port>-receive} and {@code srp-udp-<port>-send}. */
final class UdpSockets implements DatagramSockets {

    private static final Logger LOG = LoggerFactory.getLogger(UdpSockets.class);

    /** The longest datagram that is sent or taken, in bytes: an Ethernet frame's; SRP packets are shorter. */
    static final int MAX_DATAGRAM_BYTES = 1_500;

    /** How long {@link #close} goes on sending, in milliseconds: the contract's figure. */
    private static final long FLUSH_MS = 500;

    /** How long {@link #close} waits for a thread to end, in milliseconds: a guess, far more than either needs. */
    private static final long STOP_MS = 2_000;

    private final SocketSet sockets;
    private final LocalAddresses localAddresses;
    private final LocalSubnets localSubnets;
    private final Counters counters = new Counters();
    private final LogLimiter poolFailures = new LogLimiter(LOG);
    private final KernelDrops kernelDrops;
    private final SendQueue queue;
    private final PacedSender sender;
    private final ReceiveLoop receiveLoop;
    private final Thread sendThread;
    private final Thread receiveThread;
    private final AtomicBoolean closed = new AtomicBoolean();

    UdpSockets(SocketSet sockets, TransportOptions options, DatagramReceiver receiver) {
        this.sockets = sockets;
        int bound = Endpoint.parseAddress(options.address());
        localAddresses = new LocalAddresses(bound);
        localSubnets = new LocalSubnets(bound, LocalSubnets::isLan);
        kernelDrops = KernelDrops.of(sockets);
        queue = new SendQueue(options.queuePackets());
        Pace pace = new Pace(options.packetsPerSecond(), System.nanoTime());
        sender = new PacedSender(queue, pace, new ChannelWriter(sockets), counters);
        receiveLoop = new ReceiveLoop(sockets, receiver, counters);
        String name = "srp-udp-" + sockets.port(SocketId.MAIN);
        sendThread = daemon(sender, name + "-send");
        receiveThread = daemon(receiveLoop, name + "-receive");
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        sendThread.start();
        receiveThread.start();
    }

    @Override
    public boolean openPooled(SocketId socket) {
        try {
            sockets.openPooled(socket);
            return true;
        } catch (IOException e) {
            counters.increment(Counter.POOL_EXHAUSTED);
            poolFailures.warn("The socket " + socket + " could not be opened", e, System.nanoTime());
            return false;
        }
    }

    @Override
    public void closePooled(SocketId socket) {
        sockets.closePooled(socket);
    }

    @Override
    public int port(SocketId socket) {
        return sockets.port(socket);
    }

    /** {@inheritDoc} A datagram that is empty or over 1,500 bytes is refused and counted, too. */
    @Override
    public boolean send(SocketId socket, Endpoint to, byte[] datagram) {
        if (datagram.length == 0 || datagram.length > MAX_DATAGRAM_BYTES) {
            counters.increment(Counter.SEND_BAD_LENGTH);
            return false;
        }
        if (!sockets.isOpen(socket)) {
            counters.increment(Counter.SEND_CLOSED);
            return false;
        }
        if (!queue.offer(new Outgoing(socket, to, datagram))) {
            counters.increment(closed.get() ? Counter.SEND_CLOSED : Counter.SEND_QUEUE_FULL);
            return false;
        }
        return true;
    }

    @Override
    public int queued() {
        return queue.size();
    }

    /** {@inheritDoc} Those of interfaces that are up, or the one that is bound; loopback ones come last. */
    @Override
    public List<Integer> localAddresses() {
        return localAddresses.now();
    }

    @Override
    public List<Subnet> subnets() {
        return localSubnets.now();
    }

    @Override
    public List<Integer> resolve(String host) {
        return HostNames.resolve(host);
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> values = counters.values();
        kernelDrops.now().ifPresent(drops -> values.put(KernelDrops.COUNTER, drops));
        return values;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        sender.finishWithin(TimeUnit.MILLISECONDS.toNanos(FLUSH_MS), sendThread);
        join(sendThread, FLUSH_MS + STOP_MS);
        receiveLoop.stop();
        join(receiveThread, STOP_MS);
        sockets.close();
    }

    private static void join(Thread thread, long timeoutMs) {
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(timeoutMs);
        } catch (InterruptedException e) {
            // Closing goes on: the ports must be free afterwards.
            Thread.currentThread().interrupt();
        }
    }
}
