// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoreChange.PacketPassedOn;
import io.streamrelay.api.store.StoreChange.PutDelivery;
import io.streamrelay.api.store.StoreChange.PutPacket;
import io.streamrelay.api.store.StoreChange.RemovePacket;
import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredPacket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What safety costs. Prints figures; its bounds are such that a busy machine holds them. */
class StoreFiguresTest {

    private static final int PACKET_BYTES = 1_300;
    /** The promise; the median holds it though a machine is busy with something else for a moment. */
    private static final Duration START_MAX = Duration.ofSeconds(2);

    private static final int STARTS = 3;
    private static final int FULL_STORE = (64 << 20) / PACKET_BYTES;

    @TempDir
    Path folder;

    @Test
    void startsWithAFullStoreWithinTwoSeconds() throws Exception {
        try (PacketStore store = new SqlitePacketStoreFactory().open(folder)) {
            fill(store);
        }
        long[] starts = new long[STARTS];
        for (int i = 0; i < STARTS; i++) {
            starts[i] = start();
        }
        Arrays.sort(starts);
        long median = starts[STARTS / 2];
        assertTrue(median < START_MAX.toNanos(), () -> ms(median) + " ms");
    }

    /** From nothing to all that an engine reads, in nanoseconds. */
    private long start() throws Exception {
        long begin = System.nanoTime();
        try (PacketStore store = new SqlitePacketStoreFactory().open(folder)) {
            long opened = System.nanoTime();
            assertEquals(FULL_STORE, store.packets().size());
            long read = System.nanoTime();
            assertEquals(FULL_STORE + 100_000, store.seen().length);
            long seen = System.nanoTime();
            System.out.printf(
                    "a store of 64 MB in %d packets, 100,000 gone: opened in %d ms, packets in %d ms, seen in %d ms%n",
                    FULL_STORE, ms(opened - begin), ms(read - opened), ms(seen - read));
            return seen - begin;
        }
    }

    private static void fill(PacketStore store) throws Exception {
        for (int from = 0; from < FULL_STORE; from += 1_000) {
            commit(store, puts(from, Math.min(from + 1_000, FULL_STORE)));
        }
        for (int from = FULL_STORE; from < FULL_STORE + 100_000; from += 1_000) {
            List<StoreChange> changes = new ArrayList<>();
            for (int i = from; i < from + 1_000; i++) {
                changes.add(new PutPacket(StoredPacket.fresh(Samples.id(i), new byte[0], false, 0, 1)));
                changes.add(new RemovePacket(Samples.id(i)));
            }
            commit(store, changes);
        }
    }

    private static List<StoreChange> puts(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> (StoreChange) new PutPacket(packet(i)))
                .toList();
    }

    @Test
    void writesFewBlocksForACommit() throws Exception {
        int commits = 500;
        long alone = writtenBy(folder.resolve("alone"), (store, i) -> commit(store, puts(i, i + 1)), commits);
        long ten = writtenBy(folder.resolve("ten"), (store, i) -> commit(store, puts(10 * i, 10 * i + 10)), commits);
        long whole = writtenBy(folder.resolve("whole"), StoreFiguresTest::wholeLife, commits);

        System.out.printf(
                "bytes to the log for each byte of packets: %.1f one by one, %.1f in groups of ten; %.1f for a packet"
                        + " that is put, passed on, delivered and removed, each by itself%n",
                perByte(alone, commits), perByte(ten, 10 * commits), perByte(whole, commits));
        assertTrue(perByte(alone, commits) < 3.2, "a block of 4,096 bytes for 1,300");
        assertTrue(perByte(ten, 10 * commits) < 1.35, "groups share their blocks");
    }

    private static void wholeLife(PacketStore store, int i) throws Exception {
        commit(store, puts(i, i + 1));
        commit(store, List.of(new PacketPassedOn(Samples.id(i))));
        commit(store, List.of(new PutDelivery(new StoredDelivery("mqtt", i, new byte[PACKET_BYTES], 0))));
        commit(store, List.of(new StoreChange.RemoveDelivery("mqtt", i), new RemovePacket(Samples.id(i))));
    }

    private interface Step {
        void run(PacketStore store, int number) throws Exception;
    }

    private static long writtenBy(Path directory, Step step, int times) throws Exception {
        try (PacketStore store = new SqlitePacketStoreFactory().open(directory)) {
            for (int i = 0; i < times; i++) {
                step.run(store, i);
            }
            return store.counters().get("log.written.bytes");
        }
    }

    private static double perByte(long written, int packets) {
        return (double) written / packets / PACKET_BYTES;
    }

    @Test
    void commitsManyTogether() throws Exception {
        int commits = 5_000;
        try (PacketStore store = new SqlitePacketStoreFactory().open(folder)) {
            long begin = System.nanoTime();
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < commits; i++) {
                all.add(store.commit(puts(i, i + 1)).toCompletableFuture());
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, SECONDS);
            long together = System.nanoTime() - begin;
            begin = System.nanoTime();
            for (int i = commits; i < commits + 100; i++) {
                commit(store, puts(i, i + 1));
            }
            long apart = System.nanoTime() - begin;
            System.out.printf(
                    "%d commits of a packet: %d a second; one after the other %.1f ms each%n",
                    commits, commits * 1_000_000_000L / together, apart / 1e6 / 100);
            assertTrue(commits * 1_000_000_000L / together > 200, "as many as a gateway gets");
        }
    }

    private static StoredPacket packet(int number) {
        // Sealed bytes do not compress.
        byte[] bytes = new byte[PACKET_BYTES];
        new SplittableRandom(number).nextBytes(bytes);
        return StoredPacket.fresh(Samples.id(number), bytes, number % 2 == 0, 0, 1L << 40);
    }

    private static void commit(PacketStore store, List<StoreChange> changes) throws Exception {
        store.commit(changes).toCompletableFuture().get(60, SECONDS);
    }

    private static long ms(long nanos) {
        return nanos / 1_000_000;
    }
}
