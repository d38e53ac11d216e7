// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoreChange.EvictPacket;
import io.streamrelay.api.store.StoreChange.PutPacket;
import io.streamrelay.api.store.StoreChange.RemovePacket;
import io.streamrelay.api.store.StoredPacket;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log and the database together: what is safe in one is true in the other, whatever was written last. */
class LogThenDatabaseTest {

    private static final int NUMBERS = 120;
    private static final int CUTS = 40;

    @TempDir
    Path folder;

    private Path original;

    @BeforeEach
    void nameFolder() {
        original = folder.resolve("original");
    }

    private static PacketStore open(Path store) throws IOException {
        return new SqlitePacketStoreFactory().open(store);
    }

    /** The files of an open store: the database's, or the log's. */
    private static void copy(Path from, Path to, String names) throws IOException {
        Files.createDirectories(to);
        for (Path file : DatabaseImage.files(from)) {
            String name = file.getFileName().toString();
            if (name.matches(names) && !name.endsWith("-shm")) {
                Files.copy(file, to.resolve(name));
            }
        }
    }

    private static int sizeOf(Path store) throws Exception {
        try (PacketStore opened = open(store)) {
            return Contents.check(opened);
        }
    }

    /** The database is told later: on the disk it may be behind by anything that the log has. */
    @Test
    void makesUpForAllThatTheDatabaseWasNotTold() throws Exception {
        Path cut = folder.resolve("cut");
        try (PacketStore store = open(original)) {
            Contents.put(store, 1, NUMBERS / 2);
            copy(original, cut, "store\\.db.*");
            Contents.put(store, NUMBERS / 2, NUMBERS);
            copy(original, cut, "packets-.*");
        }
        assertEquals(Contents.size(NUMBERS), sizeOf(cut));
        assertEquals(Contents.size(NUMBERS), sizeOf(cut), "and once more, when it has been told");
    }

    /** Each commit is there as a whole or not at all, wherever the last write was cut off. */
    @Test
    void holdsAllButTheLastCommitWhenThatWasCutOff() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        Path image = folder.resolve("image");
        try (PacketStore store = open(original)) {
            Contents.put(store, 1, NUMBERS);
            copy(original, image, ".*");
        }
        long whole = Files.size(image.resolve("packets-00000001.log"));
        for (int i = 0; i < CUTS; i++) {
            Path cut = folder.resolve("cut" + i);
            copy(image, cut, ".*");
            long lost = 1 + random.nextLong(3L * Layout.BLOCK_BYTES);
            try (RandomAccessFile log =
                    new RandomAccessFile(cut.resolve("packets-00000001.log").toFile(), "rw")) {
                log.setLength(whole - lost);
            }
            int size = sizeOf(cut);
            // The last commit but for each seventh and each third number puts three; it fills one block or two.
            assertTrue(size >= Contents.size(NUMBERS) - 9, () -> size + " with " + lost + " bytes lost");
            assertEquals(List.of(), DatabaseImage.setAside(cut));
        }
    }

    @Test
    void staysSmallThoughEachCommitFillsABlock() throws Exception {
        int packets = 4_000;
        try (PacketStore store = open(original)) {
            for (int from = 0; from < packets; from += 100) {
                putEach(store, from, from + 100);
            }
            // A quarter of each block is of use: 16 MB for 4. It is looked after when nothing else is to be done.
            Await.until("the log is cleaned", () -> store.counters().get("log.bytes") < 13L << 20);
            assertEquals(packets, store.packets().size());
        }
        try (PacketStore store = open(original)) {
            List<StoredPacket> found = store.packets();
            assertEquals(packets, found.size());
            for (int i = 0; i < packets; i++) {
                assertEquals(Samples.id(i), found.get(i).id());
                assertArrayEquals(bytes(i), found.get(i).bytes());
            }
        }
    }

    private static void putEach(PacketStore store, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            store.commit(List.of(new PutPacket(packet(i))))
                    .toCompletableFuture()
                    .get(10, SECONDS);
        }
    }

    private static StoredPacket packet(int number) {
        return StoredPacket.fresh(Samples.id(number), bytes(number), true, 0, 1L << 40);
    }

    private static byte[] bytes(int number) {
        byte[] bytes = new byte[1_000];
        new SplittableRandom(number).nextBytes(bytes);
        return bytes;
    }

    @Test
    void letsSegmentsGoThatHoldNothing() throws Exception {
        try (PacketStore store = open(original)) {
            CompletableFuture<?>[] all = IntStream.range(0, 8_000)
                    .mapToObj(
                            i -> store.commit(List.of(new PutPacket(packet(i)))).toCompletableFuture())
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(all).get(60, SECONDS);
            assertTrue(store.counters().get("log.bytes") > 8_000_000);
            for (int i = 0; i < 8_000; i++) {
                StoreChange gone = i % 2 == 0 ? new RemovePacket(Samples.id(i)) : new EvictPacket(Samples.id(i));
                store.commit(List.of(gone));
            }
            Await.until("all has gone", () -> store.counters().get("packets") == 0);
            Await.until("its segments, too", () -> store.counters().get("log.bytes") < 2_000_000);
        }
    }

    /** It takes the place of one that has gone, and is not to be taken for that one. */
    @Test
    void tellsAPacketThatIsBackFromTheOneThatHasGone() throws Exception {
        StoredPacket first = StoredPacket.fresh(Samples.id(1), new byte[] {1}, true, 0, 1L << 40);
        StoredPacket again = StoredPacket.fresh(Samples.id(1), new byte[] {2}, true, 0, 1L << 40);
        try (PacketStore store = open(original)) {
            store.commit(List.of(new PutPacket(first)));
            store.commit(List.of(new EvictPacket(Samples.id(1)), new PutPacket(again)))
                    .toCompletableFuture()
                    .get(10, SECONDS);
            assertArrayEquals(new byte[] {2}, store.packets().get(0).bytes());
            // This one is there already.
            store.commit(List.of(new PutPacket(first))).toCompletableFuture().get(10, SECONDS);
        }
        try (PacketStore store = open(original)) {
            assertArrayEquals(new byte[] {2}, store.packets().get(0).bytes());
        }
    }
}
