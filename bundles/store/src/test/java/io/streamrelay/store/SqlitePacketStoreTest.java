// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.PacketStoreFactory;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoreChange.PacketDelivered;
import io.streamrelay.api.store.StoreChange.PacketPassedOn;
import io.streamrelay.api.store.StoreChange.PutConsumer;
import io.streamrelay.api.store.StoreChange.PutDelivery;
import io.streamrelay.api.store.StoreChange.PutNote;
import io.streamrelay.api.store.StoreChange.PutPacket;
import io.streamrelay.api.store.StoreChange.RemovePacket;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.store.StoredQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SqlitePacketStoreTest extends PacketStoreContract {

    @Override
    PacketStoreFactory newFactory() {
        return new SqlitePacketStoreFactory();
    }

    @Test
    void findsEverythingAgain() throws Exception {
        try (PacketStore store = open()) {
            commit(
                    store,
                    new PutPacket(Samples.packet(1)),
                    new PutPacket(Samples.packet(2)),
                    new PutPacket(Samples.packet(3)),
                    new PacketPassedOn(Samples.id(1)),
                    new PacketDelivered(Samples.id(3)),
                    new RemovePacket(Samples.id(2)),
                    new PutConsumer("mqtt"),
                    new PutDelivery(Samples.delivery("mqtt", 7)),
                    new PutNote("key", new byte[] {1, 2}));
        }
        try (PacketStore store = open()) {
            assertEquals(
                    List.of(Samples.id(1), Samples.id(3)),
                    store.packets().stream().map(StoredPacket::id).toList());
            assertEquals(
                    List.of(true, false),
                    store.packets().stream().map(StoredPacket::passedOn).toList());
            assertEquals(
                    List.of(false, true),
                    store.packets().stream().map(StoredPacket::delivered).toList());
            assertArrayEquals(new long[] {Samples.key(1), Samples.key(2), Samples.key(3)}, store.seen());
            assertEquals(List.of("mqtt"), store.consumers());
            assertEquals(new StoredQueue(1, 10, 7), store.queue("mqtt"));
            assertArrayEquals(
                    new byte[10], store.deliveries("mqtt", 0, 9).get(0).bytes());
            assertArrayEquals(new byte[] {1, 2}, store.notes("").get("key"));
            assertEquals(2, store.counters().get("packets"));
            assertEquals(200, store.counters().get("packets.bytes"));
        }
    }

    @Test
    void goesOnWithWhatItFindsAgain() throws Exception {
        try (PacketStore store = open()) {
            commit(store, new PutPacket(Samples.packet(1)), new PutPacket(Samples.packet(2)));
            commit(store, new PutDelivery(Samples.delivery("a", 1)), new PutDelivery(Samples.delivery("b", 1)));
            commit(store, new RemovePacket(Samples.id(2)));
        }
        try (PacketStore store = open()) {
            commit(store, new PutPacket(Samples.packet(1)), new PutPacket(Samples.packet(3)));
            commit(store, new PutDelivery(Samples.delivery("b", 2)), new PutDelivery(Samples.delivery("c", 1)));
            assertEquals(
                    List.of(Samples.id(1), Samples.id(3)),
                    store.packets().stream().map(StoredPacket::id).toList());
            assertEquals(List.of("a", "b", "c"), store.consumers());
            assertEquals(2, store.deliveries("b", 0, 9).size());
            assertEquals(1, store.deliveries("c", 0, 9).size());
        }
    }

    @Test
    void leavesOneFileWhenItIsClosed() throws Exception {
        try (PacketStore store = open()) {
            commit(store, new PutPacket(Samples.packet(1)));
            assertTrue(store.counters().get("wal.bytes") > 0);
        }
        assertFalse(Files.exists(folder.resolve("sqlite/store.db-wal")));
        assertFalse(Files.exists(folder.resolve("sqlite/store.db-shm")));
    }

    @Test
    void keepsItsFilesForTheirOwnerAlone() throws Exception {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX file system");
        try (PacketStore store = open();
                Stream<Path> files = Files.list(folder.resolve("sqlite"))) {
            commit(store, new PutPacket(Samples.packet(1)));
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertTrue(all.stream().anyMatch(file -> file.endsWith("store.db-wal")), all::toString);
            for (Path file : all) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
    }

    @Test
    void opensInAFolderOfAnyName() throws Exception {
        for (String name : List.of("a b", "a?b=c#d", "a%20b", "ü-鍵", "it's")) {
            Path odd = folder.resolve(name);
            try (PacketStore store = newFactory().open(odd)) {
                commit(store, new PutPacket(Samples.packet(1)));
            }
            assertTrue(Files.exists(odd.resolve("store.db")), name);
        }
    }

    @Test
    void writesNothingForPeersAlone() throws Exception {
        try (PacketStore store = open()) {
            commit(store, new PutPacket(Samples.packet(1)));
            long before = store.counters().get("wal.bytes");
            commit(store, new StoreChange.PutPeer(Samples.peer(1)));
            commit(store);

            assertEquals(before, store.counters().get("wal.bytes"));
        }
    }

    @Test
    void movesItsLogToTheFileWhenItIsLong() throws Exception {
        DatabaseSettings shortLog = new DatabaseSettings(DatabaseSettings.DEFAULT.blocksMax(), 20, Duration.ZERO);
        try (PacketStore store = new SqlitePacketStoreFactory(StoreLimits.DEFAULT, shortLog, StoreClocks.SYSTEM)
                .open(folder.resolve("sqlite"))) {
            for (int i = 0; i < 100; i++) {
                commit(store, new PutPacket(Samples.packet(i)), new PutDelivery(Samples.delivery("mqtt", i)));
                // Who asks sees all that is safe, so the database is told of it.
                assertEquals(i, store.queue("mqtt").lastNumber());
            }
            long wal = store.counters().get("wal.bytes");
            assertTrue(wal > 0 && wal < 40 * 4_120, () -> wal + " bytes of log");
            assertTrue(store.counters().get("file.bytes") > 40_000);
        }
    }

    @Test
    void readsWhileItWrites() throws Exception {
        try (PacketStore store = open()) {
            for (int i = 1; i <= 50; i++) {
                store.commit(List.of(new PutPacket(Samples.packet(i)), new PutDelivery(Samples.delivery("mqtt", i))));
                assertTrue(store.packets().size() <= 50);
                assertTrue(store.deliveries("mqtt", 0, 99).size() <= 50);
            }
        }
    }

    private PacketStore open() throws IOException {
        return newFactory().open(folder.resolve("sqlite"));
    }

    private static void commit(PacketStore store, StoreChange... changes) throws Exception {
        store.commit(List.of(changes)).toCompletableFuture().get(10, SECONDS);
    }
}
