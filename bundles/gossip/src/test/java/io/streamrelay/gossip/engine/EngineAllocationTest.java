// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Splitter;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What a packet costs the garbage collector on its way through the engine: all objects that it makes, those that stay
 * included, and without the datagram and the sealed message that come from outside.
 */
class EngineAllocationTest {

    private static final int PACKETS = 2_000;
    // Measured: 3,500 to 4,000, 500 to 700 and 6,000, as far as the compiler has come.
    private static final long RECEIVED_BYTES_MAX = 4_200;
    private static final long KNOWN_BYTES_MAX = 770;
    private static final long PUBLISHED_BYTES_MAX = 6_400;

    private static final int SEALED_BYTES = 500;
    private static final long LIFETIME_MS = 21_600_000;

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node there = mesh.subscribed(1);
    private final TestMesh.Node here = mesh.subscribed(2, there);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long allocated;
    private int delivered;

    /** Has an event handled, and all that follows from it at both nodes; counts what that allocates at the first. */
    private void handle(Event event) {
        mesh.nowMs++;
        Deque<Runnable> next = new ArrayDeque<>();
        next.add(() -> handle(here, event, next));
        while (!next.isEmpty()) {
            next.poll().run();
        }
    }

    private void handle(TestMesh.Node node, Event event, Deque<Runnable> next) {
        Now now = new Now(mesh.nowMs, mesh.wallAheadMs + mesh.nowMs);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        List<Action> actions = node.engine.handle(event, now);
        long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        allocated += node == here ? bytes : 0;
        for (Action action : actions) {
            if (action instanceof Action.Persist persist && persist.token() != 0) {
                next.add(() -> handle(node, new Event.Committed(persist.token()), next));
            } else if (action instanceof Action.Send send) {
                Event.Datagram datagram = new Event.Datagram(SocketId.MAIN, node.endpoint, send.bytes());
                next.add(() -> handle(node == here ? there : here, datagram, next));
            } else if (action instanceof Action.Deliver deliver) {
                delivered++;
                next.add(() -> handle(node, new Event.Taken(deliver.message().packetId()), next));
            }
        }
    }

    /** As one of our own nodes sends it. */
    private byte[] datagram(int number) {
        byte[] stamp = new AgeStamp(0, false, 0, LIFETIME_MS, 1).toBytes();
        Packet.Builder header = Packet.builder(PacketType.PUBLISH)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER)
                .set(Field.USR1, TestPackets.EVENT)
                .set(Field.USR3, stamp);
        Packet packet = Splitter.split(header, TestPackets.sealed(number, SEALED_BYTES), 1)
                .get(0);
        return CachedPacket.own(packet, 1, mesh.nowMs, LIFETIME_MS).outgoing(false, mesh.nowMs);
    }

    private long received(int first) {
        List<Event> events = new ArrayList<>();
        for (int number = first; number < first + PACKETS; number++) {
            events.add(new Event.Datagram(SocketId.MAIN, there.endpoint, datagram(number)));
        }
        allocated = 0;
        delivered = 0;
        for (Event event : events) {
            handle(event);
        }
        assertEquals(PACKETS, delivered);
        return allocated / PACKETS;
    }

    private static void assertAtMost(long max, long bytes, String what) {
        System.out.printf(Locale.ROOT, "allocated for a packet that %s: %,d bytes%n", what, bytes);
        assertTrue(bytes <= max, bytes + " bytes for each packet, more than " + max);
    }

    @Test
    void aPacketThatComesAndIsDelivered() {
        mesh.run(1_000);
        received(0);
        assertAtMost(RECEIVED_BYTES_MAX, received(PACKETS), "comes and is delivered");
    }

    @Test
    void aPacketThatIsKnown() {
        mesh.run(1_000);
        received(0);
        byte[] known = datagram(7);
        allocated = 0;
        for (int i = 0; i < PACKETS; i++) {
            handle(new Event.Datagram(SocketId.MAIN, there.endpoint, known));
        }
        assertAtMost(KNOWN_BYTES_MAX, allocated / PACKETS, "is known");
    }

    @Test
    void aMessageThatIsPublished() {
        mesh.run(1_000);
        for (int round = 0; round < 2; round++) {
            allocated = 0;
            delivered = 0;
            for (int number = 0; number < PACKETS; number++) {
                Event publish = new Event.Publish(
                        1 + number, TestMesh.message(TestPackets.sealed(round * PACKETS + number, SEALED_BYTES)));
                handle(publish);
            }
        }
        assertEquals(PACKETS, delivered);
        assertAtMost(PUBLISHED_BYTES_MAX, allocated / PACKETS, "is published");
    }
}
