// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.streamrelay.api.Id;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a packet costs the garbage collector: its bytes, once. */
class AllocationTest {

    private static final int ROUNDS = 2_000;

    /** A builder and what it notes of each field; a second copy of any packet here would be more. */
    private static final int OVERHEAD_BYTES = 900;

    private static final Id MEMBER = Id.of(new byte[Id.BYTES]);

    /** The mean of many, after as many that warm up, on this thread alone. */
    private static long allocatedBy(Supplier<Object> encode) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        Object[] kept = new Object[1];
        for (int i = 0; i < ROUNDS; i++) {
            kept[0] = encode.get();
        }
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < ROUNDS; i++) {
            kept[0] = encode.get();
        }
        return (threads.getThreadAllocatedBytes(thread) - before) / ROUNDS;
    }

    private static void costsItsBytesOnce(int bytes, int packets, Supplier<Object> encode) {
        long allocated = allocatedBy(encode);
        assertTrue(
                allocated >= bytes && allocated < bytes + packets * OVERHEAD_BYTES,
                allocated + " bytes for " + packets + " packets of " + bytes + " in all");
    }

    private static Packet.Builder header() {
        return Packet.builder(PacketType.PUBLISH)
                .set(Field.CLUSTER, MEMBER)
                .set(Field.SUBCLUSTER, MEMBER)
                .set(Field.USR1, MEMBER);
    }

    @Test
    void aPacketIsAllocatedOnce() {
        byte[] sealed = new byte[1_024];
        Supplier<Object> encode = () -> header().message(sealed).build();

        costsItsBytesOnce(((Packet) encode.get()).size(), 1, encode);
    }

    @Test
    void aSealedMessageIsCopiedOnceIntoItsFragments() {
        byte[] sealed = new byte[100_000];
        List<Packet> packets = Splitter.split(header(), sealed, 1, "{}");
        int bytes = packets.stream().mapToInt(Packet::size).sum();

        costsItsBytesOnce(bytes, packets.size(), () -> Splitter.split(header(), sealed, 1, "{}"));
    }

    @Test
    void anotherBodyCostsThePacketAndItsText() {
        Join join = Join.announcing(MEMBER, 31, "192.0.2.1", 9_777, null);
        Packet packet = Packet.builder(PacketType.JOIN).message(join).build();

        long text = allocatedBy(() -> join.json());
        long all = allocatedBy(() -> packet.withMessage(join));

        assertTrue(all - text < packet.size() + OVERHEAD_BYTES, all + " bytes, " + text + " of them for the text");
    }
}
