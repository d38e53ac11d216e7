// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoreChange.PacketPassedOn;
import io.streamrelay.api.store.StoreChange.PutDelivery;
import io.streamrelay.api.store.StoreChange.PutNote;
import io.streamrelay.api.store.StoreChange.PutPacket;
import io.streamrelay.api.store.StoreChange.RemoveDelivery;
import io.streamrelay.api.store.StoreChange.RemovePacket;
import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredPacket;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A store's contents that can be told by their numbers alone: whatever a store gives back can be compared with what was
 * put, to the byte.
 */
final class Contents {

    static final List<String> CONSUMERS = List.of("mqtt", "other");

    private static final int IN_LOG_ALONE = 10;

    private Contents() {}

    /**
     * Numbers from 1, each in a commit of its own; every seventh is removed again, every third passed on. The last are in
     * the log alone: nobody has asked for anything since, so the database was not told yet.
     */
    static void put(PacketStore store, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            commit(store, new PutPacket(packet(i)), new PutDelivery(delivery(i)), new PutNote(key(i), bytes(i, 30)));
            if (i % 7 == 0) {
                commit(store, new RemovePacket(Samples.id(i)), new RemoveDelivery(consumer(i), i));
            } else if (i % 3 == 0) {
                commit(store, new PacketPassedOn(Samples.id(i)));
            }
            if (i < to - IN_LOG_ALONE) {
                store.queue(consumer(i));
            }
        }
    }

    /** How many packets, deliveries and notes are there after {@link #put}. */
    static int size(int to) {
        int all = to - 1;
        return 3 * all - 2 * (all / 7);
    }

    /** How many packets are there after {@link #put}. */
    static int packets(int to) {
        int all = to - 1;
        return all - all / 7;
    }

    /** How many there are. Fails when one is not what was put, or comes twice. */
    static int check(PacketStore store) {
        List<StoredPacket> packets = store.packets();
        packets.forEach(Contents::check);
        assertEquals(
                packets.size(),
                packets.stream().map(StoredPacket::id).distinct().count());
        assertEquals(packets.size(), store.counters().get("packets"));
        int size = packets.size();
        for (String consumer : store.consumers()) {
            assertTrue(CONSUMERS.contains(consumer), consumer);
            List<StoredDelivery> deliveries = store.deliveries(consumer, -1, Integer.MAX_VALUE);
            deliveries.forEach(Contents::check);
            assertEquals(deliveries.size(), store.queue(consumer).deliveries());
            size += deliveries.size();
        }
        Map<String, byte[]> notes = store.notes("");
        notes.forEach((key, value) -> assertArrayEquals(bytes(Integer.parseInt(key.substring(5)), 30), value));
        return size + notes.size();
    }

    private static void check(StoredPacket packet) {
        StoredPacket put =
                packet(packet.id().bytes()[2] << 8 & 0xff00 | packet.id().bytes()[3] & 0xff);
        assertEquals(put.id(), packet.id());
        assertArrayEquals(put.bytes(), packet.bytes());
        assertEquals(put.own(), packet.own());
        assertEquals(put.lifetimeMs(), packet.lifetimeMs());
        assertTrue(isOfAge(put.ageMs(), packet.ageMs()), packet::toString);
    }

    /** Where the clock's own row was lost, node time goes on from the last birth: it is behind by what came after that. */
    private static boolean isOfAge(long putMs, long readMs) {
        return readMs >= Math.max(0, putMs - ClockTable.SAVE_MS) && readMs < putMs + 600_000;
    }

    private static void check(StoredDelivery delivery) {
        StoredDelivery put = delivery((int) delivery.number());
        assertEquals(put.consumer(), delivery.consumer());
        assertArrayEquals(put.bytes(), delivery.bytes());
        assertTrue(isOfAge(put.ageMs(), delivery.ageMs()), delivery::toString);
    }

    static StoredPacket packet(int number) {
        return StoredPacket.fresh(
                Samples.id(number), bytes(number, 200 + number % 1_100), number % 2 == 0, number, 1L << 40);
    }

    /** Some are longer than a page. */
    static StoredDelivery delivery(int number) {
        return new StoredDelivery(consumer(number), number, bytes(number, number % 10 == 0 ? 10_000 : 150), number);
    }

    private static String consumer(int number) {
        return CONSUMERS.get(number % CONSUMERS.size());
    }

    private static String key(int number) {
        return "note/" + number;
    }

    private static byte[] bytes(int number, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(number).nextBytes(bytes);
        return bytes;
    }

    private static void commit(PacketStore store, StoreChange... changes) throws Exception {
        store.commit(List.of(changes)).toCompletableFuture().get(30, SECONDS);
    }
}
