// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import io.streamrelay.api.Id;
import io.streamrelay.api.Received;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.store.MemoryPacketStoreFactory;
import io.streamrelay.transport.UdpTransport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The attacks of protocol-v6 §4.C on a running node, over real sockets: it stays up, and goes back to work. */
@Isolated("measures the processor time of the process")
class AttackedNodeTest {

    private static final SharedKey KEY = SharedKey.ofPassphrase("secret");
    private static final int DATAGRAMS = 20_000;
    private static final Id SOMEBODY = Id.ofHex("77".repeat(32));

    private final AtomicLong bytesBack = new AtomicLong();
    private StreamRelayNode here;
    private StreamRelayNode there;
    private DatagramSocket attacker;
    private Thread counting;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        here = node(folder.resolve("here"));
        there = node(folder.resolve("there"), "127.0.0.1:" + here.info().port());
        attacker = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.66"), 0));
        attacker.setSoTimeout(500);
        counting = new Thread(this::countWhatComesBack, "attacker");
        counting.start();
    }

    private static StreamRelayNode node(Path folder, String... peers) throws IOException {
        return new StreamRelayNode(
                NodeConfig.builder(folder)
                        .address("127.0.0.1")
                        .port(0)
                        .peers(peers)
                        .build(),
                new BouncyKeyRing(),
                new UdpTransport(),
                new MemoryPacketStoreFactory());
    }

    @AfterEach
    void close() throws InterruptedException {
        attacker.close();
        counting.join();
        here.close();
        there.close();
    }

    /** The attacker answers nothing: an address that never answers. */
    private void countWhatComesBack() {
        byte[] buffer = new byte[2_048];
        while (!attacker.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                attacker.receive(packet);
                bytesBack.addAndGet(packet.getLength());
            } catch (SocketTimeoutException | SocketException e) {
                continue;
            } catch (IOException e) {
                return;
            }
        }
    }

    @Test
    void aNodeUnderAttackIsNoAmplifierKeepsItsPeerAndGoesBackToWork() throws Exception {
        BlockingQueue<Received> received = new LinkedBlockingQueue<>();
        subcluster(there).on("t", received::add);
        assertArrives(received, "before");

        long bytesSent = attack();
        assertArrives(received, "after");
        assertTrue(bytesBack.get() < 2 * bytesSent, bytesBack + " bytes came back for " + bytesSent);
        assertEquals(1, here.info().peers());
        Map<String, Long> counters = here.counters();
        assertTrue(counters.getOrDefault("drop.too-many", 0L) > 100, counters.toString());
        assertTrue(counters.getOrDefault("drop.stranger", 0L) > 100, counters.toString());
        awaitIdle();
    }

    private static Subcluster subcluster(StreamRelayNode node) {
        return node.subcluster(SubclusterOptions.of("x", KEY));
    }

    private void assertArrives(BlockingQueue<Received> received, String text) throws Exception {
        subcluster(here)
                .emit("t", text.getBytes(StandardCharsets.UTF_8))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        Received got = received.poll(20, TimeUnit.SECONDS);
        assertEquals(text, got == null ? null : got.text());
    }

    private long attack() throws IOException {
        String requester = "{\"requesterPeerId\":\"" + there.info().peerId().hex() + "\"";
        String victim = ",\"natType\":31,\"address\":\"127.0.0.67\",\"port\":6666}";
        byte[][] datagrams = {
            packet(PacketType.PING, requester + ",\"natType\":31,\"isConnection\":true,\"pingId\":\"0123456789ab\"}"),
            packet(
                    PacketType.PING,
                    "{\"requesterPeerId\":\"" + SOMEBODY.hex()
                            + "\",\"isReflection\":true,\"probeExternalPort\":4444}"),
            packet(
                    PacketType.PONG,
                    "{\"responderPeerId\":\"" + there.info().peerId().hex() + "\",\"requesterPeerId\":\""
                            + here.info().peerId().hex() + "\",\"isConnection\":true,\"pingId\":\"0123456789ab\"}"),
            packet(PacketType.JOIN, requester + victim),
            packet(PacketType.JOIN, "{}"),
            packet(PacketType.INTRO, requester + ",\"responderPeerId\":\"" + SOMEBODY.hex() + "\"" + victim),
            packet(PacketType.PUBLISH, "poison"),
            packet(PacketType.STREAM, "replay"),
            packet(PacketType.SYNC, ""),
            packet(PacketType.QUERY, "null"),
            {1}
        };
        long bytes = 0;
        for (int i = 0; i < DATAGRAMS; i++) {
            byte[] datagram = datagrams[i % datagrams.length];
            attacker.send(new DatagramPacket(
                    datagram,
                    datagram.length,
                    InetAddress.getByName("127.0.0.1"),
                    here.info().port()));
            bytes += datagram.length;
        }
        return bytes;
    }

    private static byte[] packet(PacketType type, String body) {
        return Packet.builder(type)
                .set(Field.CLUSTER, SOMEBODY)
                .set(Field.SUBCLUSTER, SOMEBODY)
                .set(Field.USR3, SOMEBODY)
                .set(Field.USR4, SOMEBODY)
                .message(body.getBytes(StandardCharsets.US_ASCII))
                .build()
                .bytes();
    }

    /** Waits until this whole process uses less than half a core. */
    private static void awaitIdle() throws InterruptedException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        BlockingQueue<Object> never = new LinkedBlockingQueue<>();
        long windowNs = TimeUnit.SECONDS.toNanos(1);
        for (int second = 0; second < 30; second++) {
            long before = system.getProcessCpuTime();
            assertEquals(null, never.poll(windowNs, TimeUnit.NANOSECONDS));
            if (system.getProcessCpuTime() - before < windowNs / 2) {
                return;
            }
        }
        throw new AssertionError("the process was still busy after 30 s");
    }
}
