// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.DatagramReceiver;
import io.streamrelay.api.transport.DatagramSockets;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.api.transport.TransportOptions;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpSocketsTest {

    private static final int FULL_PACE = 1_000_000;

    private final List<DatagramSockets> opened = new ArrayList<>();
    private final Inbox inbox = new Inbox();

    @AfterEach
    void closeAll() {
        opened.forEach(DatagramSockets::close);
    }

    @Test
    void tellsTheSocketsApart() throws Exception {
        DatagramSockets sender = open(new Inbox());
        DatagramSockets target = open(inbox);

        sender.send(SocketId.PROBE, endpoint(target, SocketId.MAIN), new byte[] {1});
        Inbox.Arrival onMain = inbox.next();
        assertEquals(SocketId.MAIN, onMain.socket());
        assertEquals(endpoint(sender, SocketId.PROBE), onMain.from());

        sender.send(SocketId.MAIN, endpoint(target, SocketId.PROBE), new byte[] {2});
        Inbox.Arrival onProbe = inbox.next();
        assertEquals(SocketId.PROBE, onProbe.socket());
        assertEquals(endpoint(sender, SocketId.MAIN), onProbe.from());
    }

    @Test
    void carriesEveryLengthThatIsAllowed() throws Exception {
        DatagramSockets target = open(inbox);
        for (int length : new int[] {1, 1_024, UdpSockets.MAX_DATAGRAM_BYTES}) {
            byte[] datagram = new byte[length];
            Arrays.fill(datagram, (byte) length);
            assertTrue(target.send(SocketId.MAIN, endpoint(target, SocketId.MAIN), datagram));
            assertArrayEquals(datagram, inbox.next().datagram());
        }
    }

    @Test
    void refusesToSendWhatIsEmptyOrTooLong() throws Exception {
        DatagramSockets sockets = open(inbox);
        Endpoint to = endpoint(sockets, SocketId.MAIN);

        assertFalse(sockets.send(SocketId.MAIN, to, new byte[0]));
        assertFalse(sockets.send(SocketId.MAIN, to, new byte[UdpSockets.MAX_DATAGRAM_BYTES + 1]));
        assertEquals(2, sockets.counters().get("send.bad-length"));
    }

    @Test
    void dropsAndCountsWhatComesInEmptyOrTooLong() throws Exception {
        DatagramSockets sockets = open(inbox);
        sendPlainly(sockets, new byte[0]);
        sendPlainly(sockets, new byte[UdpSockets.MAX_DATAGRAM_BYTES + 1]);
        sendPlainly(sockets, new byte[60_000]);
        sendPlainly(sockets, new byte[] {7});

        assertArrayEquals(new byte[] {7}, inbox.next().datagram());
        assertEquals(0, inbox.size());
        assertEquals(1, sockets.counters().get("receive.empty"));
        assertEquals(2, sockets.counters().get("receive.too-long"));
    }

    @Test
    void countsDatagramsAndBytesBothWays() throws Exception {
        DatagramSockets sockets = open(inbox);
        sockets.send(SocketId.MAIN, endpoint(sockets, SocketId.PROBE), new byte[100]);
        sockets.send(SocketId.PROBE, endpoint(sockets, SocketId.MAIN), new byte[23]);
        inbox.next();
        inbox.next();

        assertEquals(2, sockets.counters().get("receive.datagrams"));
        assertEquals(123, sockets.counters().get("receive.bytes"));
        Await.until("both counted as sent", () -> sockets.counters().get("send.datagrams") == 2);
        assertEquals(123, sockets.counters().get("send.bytes"));
    }

    @Test
    void callsTheReceiverOnItsOwnDaemonThread() throws Exception {
        DatagramSockets sockets = open(inbox);
        sockets.send(SocketId.MAIN, endpoint(sockets, SocketId.MAIN), new byte[] {1});

        assertEquals(
                "srp-udp-" + sockets.port(SocketId.MAIN) + "-receive daemon",
                inbox.next().thread());
    }

    @Test
    void refusesWhenTheQueueIsFullAndCounts() throws Exception {
        DatagramSockets sockets = open(options(1, 3), inbox);
        Endpoint to = endpoint(sockets, SocketId.MAIN);
        sockets.send(SocketId.MAIN, to, new byte[] {0});
        inbox.next();
        // The pace of one a second is used up: one is in the sender's hand, three are queued.
        sockets.send(SocketId.MAIN, to, new byte[] {1});
        Await.until("the sender has taken it", () -> sockets.queued() == 0);
        for (int i = 2; i < 5; i++) {
            assertTrue(sockets.send(SocketId.MAIN, to, new byte[] {(byte) i}));
        }

        assertFalse(sockets.send(SocketId.MAIN, to, new byte[] {5}));
        assertEquals(3, sockets.queued());
        assertEquals(1, sockets.counters().get("send.queue-full"));
    }

    @Test
    void bringsABurstOfThreeThousandThroughOrSaysWhereItWasLost() throws Exception {
        CountDownLatch burstIsOut = new CountDownLatch(1);
        DatagramSockets target = open((socket, from, datagram) -> {
            awaitQuietly(burstIsOut);
            inbox.received(socket, from, datagram);
        });
        DatagramSockets sender = open(new Inbox());
        for (int i = 0; i < 3_000; i++) {
            assertTrue(sender.send(SocketId.MAIN, endpoint(target, SocketId.MAIN), new byte[1_200]));
        }
        Await.until("the burst is out", () -> sender.counters().get("send.datagrams") == 3_000);
        burstIsOut.countDown();

        Await.until("each datagram is accounted for", () -> accountedFor(target) == 3_000);
        if (grantedBytes() >= TransportOptions.DEFAULT_BUFFER_BYTES) {
            assertEquals(3_000, target.counters().get("receive.datagrams"));
        }
    }

    @Test
    void leavesWithoutWaitingForATimer() throws Exception {
        DatagramSockets sockets = open(inbox);
        long bestMicros = Long.MAX_VALUE;
        // A machine under load may hold threads back; a timer on the way would show in each round, however short.
        for (int round = 0; round < 500 && bestMicros >= 500; round++) {
            bestMicros = Math.min(bestMicros, medianMicros(sockets));
        }

        assertTrue(bestMicros < 500, "median of " + bestMicros + " µs from send to receiver");
    }

    private long medianMicros(DatagramSockets sockets) throws InterruptedException {
        long[] nanos = new long[20];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            sockets.send(SocketId.MAIN, endpoint(sockets, SocketId.MAIN), new byte[] {1});
            inbox.next();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1_000;
    }

    @Test
    void goesOnReceivingAfterSendingToAClosedPort() throws Exception {
        DatagramSockets gone = open(new Inbox());
        Endpoint closedPort = endpoint(gone, SocketId.MAIN);
        gone.close();
        DatagramSockets sockets = open(inbox);
        for (int i = 0; i < 100; i++) {
            sockets.send(SocketId.MAIN, closedPort, new byte[] {1});
        }
        sockets.send(SocketId.MAIN, endpoint(sockets, SocketId.MAIN), new byte[] {2});

        assertArrayEquals(new byte[] {2}, inbox.next().datagram());
        assertEquals(0, sockets.counters().get("receive.failed"));
        assertEquals(0, sockets.counters().get("send.failed"));
    }

    @Test
    void countsWhatTheSystemWillNotSendAndGoesOn() throws Exception {
        DatagramSockets sockets = open(inbox);
        // From a socket that is bound to loopback there is no way out.
        sockets.send(SocketId.MAIN, Endpoint.of("192.0.2.1", 9), new byte[] {1});
        sockets.send(SocketId.MAIN, endpoint(sockets, SocketId.MAIN), new byte[] {2});

        assertArrayEquals(new byte[] {2}, inbox.next().datagram());
        assertEquals(1, sockets.counters().get("send.failed"));
    }

    @Test
    void survivesAReceiverThatThrows() throws Exception {
        DatagramSockets sockets = open((socket, from, datagram) -> {
            if (datagram[0] == 1) {
                throw new IllegalStateException("on purpose");
            }
            inbox.received(socket, from, datagram);
        });
        sockets.send(SocketId.MAIN, endpoint(sockets, SocketId.MAIN), new byte[] {1});
        sockets.send(SocketId.MAIN, endpoint(sockets, SocketId.MAIN), new byte[] {2});

        assertArrayEquals(new byte[] {2}, inbox.next().datagram());
        assertEquals(1, sockets.counters().get("receive.receiver-threw"));
    }

    @Test
    void sendsWhatIsQueuedWhenClosed() throws Exception {
        DatagramSockets target = open(inbox);
        long unsent = 1;
        long arrived = 0;
        // The time that it has is not without end: a machine under load may hold it back for all of it.
        for (int round = 0; round < 20 && unsent > 0; round++) {
            DatagramSockets sender = open(options(1_000, 100), new Inbox());
            for (int i = 0; i < 100; i++) {
                sender.send(SocketId.MAIN, endpoint(target, SocketId.MAIN), new byte[] {1});
            }
            sender.close();
            unsent = sender.counters().get("send.unsent");
            arrived += 100 - unsent;
        }

        long sent = arrived;
        Await.until("all arrived", () -> inbox.size() == sent);
        assertEquals(0, unsent);
    }

    @Test
    void closesInBoundedTimeAndCountsWhatWasLeft() throws Exception {
        DatagramSockets sockets = open(options(1, 100), inbox);
        for (int i = 0; i < 100; i++) {
            sockets.send(SocketId.MAIN, endpoint(sockets, SocketId.MAIN), new byte[] {1});
        }
        // The pace would let it send for 99 s.
        assertTimeoutPreemptively(Duration.ofSeconds(20), sockets::close);

        long sent = sockets.counters().get("send.datagrams");
        assertTrue(sent <= 20, () -> sent + " were sent");
        assertEquals(100 - sent, sockets.counters().get("send.unsent"));
    }

    @Test
    void refusesAfterClosingAndMayBeClosedTwice() throws Exception {
        DatagramSockets sockets = open(inbox);
        Endpoint to = endpoint(sockets, SocketId.MAIN);
        sockets.close();
        sockets.close();

        assertFalse(sockets.send(SocketId.MAIN, to, new byte[] {1}));
        assertEquals(1, sockets.counters().get("send.closed"));
    }

    @Test
    void mayBeClosedByItsReceiver() throws Exception {
        AtomicReference<DatagramSockets> own = new AtomicReference<>();
        CompletableFuture<Thread> closer = new CompletableFuture<>();
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        own.set(open((socket, from, datagram) -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
            own.get().close();
            closer.complete(Thread.currentThread());
        }));
        int port = own.get().port(SocketId.MAIN);
        own.get().send(SocketId.MAIN, endpoint(own.get(), SocketId.MAIN), new byte[] {1});
        closer.get(10, TimeUnit.SECONDS).join(10_000);

        assertEquals(List.of(), uncaught);
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            assertEquals(port, free.getLocalPort());
        }
    }

    @Test
    void closesWhenItsCallerIsInterrupted() throws Exception {
        DatagramSockets sockets = open(inbox);
        int port = sockets.port(SocketId.MAIN);
        Thread.currentThread().interrupt();
        sockets.close();

        assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            assertEquals(port, free.getLocalPort());
        }
    }

    private DatagramSockets open(DatagramReceiver receiver) throws IOException {
        return open(options(FULL_PACE, 4_096), receiver);
    }

    private DatagramSockets open(TransportOptions options, DatagramReceiver receiver) throws IOException {
        DatagramSockets sockets = new UdpTransport().open(options, receiver);
        opened.add(sockets);
        return sockets;
    }

    private static TransportOptions options(int packetsPerSecond, int queuePackets) {
        return new TransportOptions(
                "127.0.0.1", 0, 0, TransportOptions.DEFAULT_BUFFER_BYTES, packetsPerSecond, queuePackets);
    }

    @Test
    void aPooledSocketSendsAndReceivesOnAPortOfItsOwn() throws Exception {
        DatagramSockets sockets = open(inbox);
        SocketId pooled = SocketId.pooled(0);

        assertTrue(sockets.openPooled(pooled));
        sockets.send(pooled, endpoint(sockets, SocketId.MAIN), new byte[] {1});
        Inbox.Arrival onMain = inbox.next();
        sockets.send(SocketId.MAIN, endpoint(sockets, pooled), new byte[] {2});

        assertEquals(endpoint(sockets, pooled), onMain.from());
        assertEquals(pooled, inbox.next().socket());
    }

    @Test
    void aClosedPooledSocketSendsNothingAndLetsGoOfItsPort() throws Exception {
        DatagramSockets sockets = open(inbox);
        SocketId pooled = SocketId.pooled(SocketId.POOL_MAX - 1);
        sockets.openPooled(pooled);
        int port = sockets.port(pooled);

        sockets.closePooled(pooled);

        assertFalse(sockets.send(pooled, endpoint(sockets, SocketId.MAIN), new byte[] {1}));
        assertThrows(IllegalArgumentException.class, () -> sockets.port(pooled));
        Await.until("port " + port + " is free", () -> isFree(port));
    }

    @Test
    void onlyPooledSocketsAreOpenedAndClosedOnDemand() throws Exception {
        DatagramSockets sockets = open(inbox);

        assertThrows(IllegalArgumentException.class, () -> sockets.openPooled(SocketId.MAIN));
        assertThrows(IllegalArgumentException.class, () -> sockets.closePooled(SocketId.PROBE));
    }

    private static boolean isFree(int port) {
        try (DatagramSocket ignored = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Endpoint endpoint(DatagramSockets sockets, SocketId role) {
        return Endpoint.of("127.0.0.1", sockets.port(role));
    }

    private static void sendPlainly(DatagramSockets to, byte[] datagram) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(
                    datagram, datagram.length, InetAddress.getLoopbackAddress(), to.port(SocketId.MAIN)));
        }
    }

    private static long accountedFor(DatagramSockets target) {
        return target.counters().get("receive.datagrams") + target.counters().getOrDefault(KernelDrops.COUNTER, 0L);
    }

    private static int grantedBytes() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setReceiveBufferSize(TransportOptions.DEFAULT_BUFFER_BYTES);
            return socket.getReceiveBufferSize();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
