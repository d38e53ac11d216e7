// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredPacket;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store makes of files that somebody else has been at. */
class DamagedStoreTest {

    private static final int ROUNDS = 200;
    private static final int NUMBERS = 160;

    /** Small, so that much of what was put is in the file and much in the log. */
    private static final DatabaseSettings SMALL_LOG = new DatabaseSettings(100_000, 100, Duration.ZERO);

    @TempDir
    static Path images;

    private static DatabaseImage image;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeImage() throws Exception {
        Path store = images.resolve("original");
        try (PacketStore original = open(store)) {
            Contents.put(original, 1, NUMBERS);
            image = DatabaseImage.of(store, images.resolve("image"));
        }
    }

    private static PacketStore open(Path store) throws IOException {
        return new SqlitePacketStoreFactory(StoreLimits.DEFAULT, SMALL_LOG, StoreClocks.SYSTEM).open(store);
    }

    @Test
    void findsEverythingInAnImageWithoutDamage() throws Exception {
        Path store = image.layOut(folder);
        assertTrue(Files.size(store.resolve("store.db")) > 100_000);
        assertTrue(Files.size(store.resolve("store.db-wal")) > 100_000);
        assertEquals(Contents.size(NUMBERS), sizeOf(store));
        assertEquals(List.of(), DatabaseImage.setAside(store));
    }

    @Test
    void opensWhateverWasDamaged() throws Exception {
        long seed = Long.getLong("srp.seed", 4);
        long found = 0;
        long worst = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            Path store = image.layOut(folder.resolve("round" + round));
            String damage = new Damage(store, new SplittableRandom(seed * ROUNDS + round)).make();
            try {
                int size = sizeOf(store);
                found += size;
                worst = Math.min(worst, size);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("-Dsrp.seed=" + seed + " round " + round + ": " + damage, e);
            }
        }
        int all = Contents.size(NUMBERS);
        System.out.printf(
                "%d damaged stores: %.1f %% of the entries found again, at the worst %.1f %%%n",
                ROUNDS, 100.0 * found / ROUNDS / all, 100.0 * worst / all);
        assertTrue(found > 0.8 * ROUNDS * all, "most of what is not hit is found again");
    }

    /** Else what comes before a consumer is back would be handed to nobody. */
    @Test
    void knowsItsConsumersWhateverWasDamaged() throws Exception {
        long seed = Long.getLong("srp.seed", 4);
        Path original = images.resolve("original");
        for (int round = 0; round < ROUNDS; round++) {
            Path store = image.layOut(folder.resolve("round" + round));
            Files.copy(original.resolve("consumers"), store.resolve("consumers"));
            String damage = new Damage(store, new SplittableRandom(seed * ROUNDS + round)).make();
            LoggedText.of(() -> {
                try (PacketStore opened = open(store)) {
                    assertEquals(
                            Set.copyOf(Contents.CONSUMERS),
                            Set.copyOf(opened.consumers()),
                            () -> "-Dsrp.seed=" + seed + ": " + damage);
                }
            });
        }
    }

    @Test
    void givesAConsumerThatWasLostItsDeliveriesBack() throws Exception {
        Path store = folder.resolve("a");
        DatabaseImage.of(closed(), store);
        LoggedText.of(() -> open(store).close());
        foreign(store, "DELETE FROM consumers");
        assertEquals(Contents.size(NUMBERS), sizeOf(store));
    }

    @Test
    void writesItsConsumersDownAgainWhenThatFileIsDamaged() throws Exception {
        Path store = image.layOut(folder);
        LoggedText.of(() -> open(store).close());
        String sound = Files.readString(store.resolve("consumers"));
        Files.writeString(store.resolve("consumers"), "7 nobody");
        LoggedText.of(() -> open(store).close());
        assertEquals(sound, Files.readString(store.resolve("consumers")));
    }

    private static int sizeOf(Path store) throws Exception {
        int[] size = new int[1];
        LoggedText.of(() -> {
            try (PacketStore opened = open(store)) {
                size[0] = Contents.check(opened);
                Contents.put(opened, 1_000, 1_002);
            }
        });
        return size[0];
    }

    private static final List<String> FILES = List.of("store.db", "store.db-wal", "packets-00000001.log");

    /** One place of one of the files is cut, flipped, overwritten or zeroed. */
    private record Damage(Path store, SplittableRandom random) {

        String make() throws IOException {
            Path file = store.resolve(FILES.get(random.nextInt(FILES.size())));
            long at = random.nextLong(Files.size(file));
            int kind = random.nextInt(4);
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                switch (kind) {
                    case 0 -> bytes.setLength(at);
                    case 1 -> flip(bytes, at, 1 << random.nextInt(8));
                    case 2 -> overwrite(bytes, at, noise(1 + random.nextInt(600)));
                    default -> overwrite(bytes, at, new byte[4_096]);
                }
            }
            return "kind " + kind + " at " + at + " of " + file;
        }

        private static void overwrite(RandomAccessFile bytes, long at, byte[] with) throws IOException {
            bytes.seek(at);
            bytes.write(with, 0, (int) Math.min(with.length, bytes.length() - at));
        }

        private byte[] noise(int length) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            return noise;
        }
    }

    @Test
    void setsAsideWhatIsNoDatabase() throws Exception {
        Path store = Files.createDirectories(folder.resolve("a"));
        Files.writeString(store.resolve("store.db"), "dear diary, ".repeat(1_000));
        String log = LoggedText.of(() -> open(store).close());

        assertEquals(List.of("store.db.damaged-1"), DatabaseImage.setAside(store));
        assertTrue(log.contains("damaged") && log.contains("store.db.damaged-1"), log);
        assertEquals(1, log.lines().count(), log);
    }

    @Test
    void setsAsideTheDatabaseOfAnotherProgram() throws Exception {
        Path store = Files.createDirectories(folder.resolve("a"));
        foreign(store, "CREATE TABLE t(x)", "INSERT INTO t VALUES (1)");
        String log = LoggedText.of(() -> open(store).close());

        assertEquals(List.of("store.db.foreign-1"), DatabaseImage.setAside(store));
        assertTrue(log.contains("another program") && log.contains("store.db.foreign-1"), log);
    }

    @Test
    void setsAsideWhatALaterVersionHasWrittenAndKeepsTheEpoch() throws Exception {
        Path store = image.layOut(folder);
        try (PacketStore before = open(store)) {
            before.nextEpoch();
        }
        foreign(store, "PRAGMA user_version = 99");
        LoggedText.of(() -> {
            try (PacketStore opened = open(store)) {
                assertEquals(List.of(), opened.packets());
                assertEquals(2, opened.nextEpoch());
            }
        });
        assertTrue(DatabaseImage.setAside(store)
                .containsAll(List.of("store.db.foreign-1", "packets-00000001.log.foreign-1")));
    }

    private static void foreign(Path store, String... commands) throws Exception {
        try (Connection other = new Connections(DatabaseSettings.DEFAULT).connect(store.resolve("store.db"))) {
            Connections.execute(other, commands);
        }
    }

    @Test
    void isNotTakenForForeignWhenItsApplicationIdIsDamaged() throws Exception {
        Path store = folder.resolve("a");
        DatabaseImage.of(closed(), store);
        foreign(store, "PRAGMA application_id = 1396856946");

        assertEquals(Contents.size(NUMBERS), sizeOf(store));
        assertEquals(List.of("store.db.damaged-1"), DatabaseImage.setAside(store));
    }

    @Test
    void findsAllWhenTheFirstPageIsGone() throws Exception {
        Path store = folder.resolve("a");
        DatabaseImage.of(closed(), store);
        try (RandomAccessFile bytes =
                new RandomAccessFile(store.resolve("store.db").toFile(), "rw")) {
            bytes.write(new byte[4_096]);
        }
        assertEquals(Contents.size(NUMBERS), sizeOf(store));
        assertEquals(List.of("store.db.damaged-1"), DatabaseImage.setAside(store));
    }

    /** In a log that was never begun anew: what is left of its earlier use is no damage, and may begin anywhere. */
    @Test
    void findsWhatWasCommittedBehindDamageInTheLog() throws Exception {
        Path before = closed();
        int numbers = NUMBERS + 40;
        Path store = folder.resolve("a");
        try (PacketStore opened = new SqlitePacketStoreFactory().open(before)) {
            Contents.put(opened, NUMBERS, numbers);
            // Else the database is told of the last ones while it is copied.
            opened.packets();
            DatabaseImage.of(before, store);
        }
        try (RandomAccessFile bytes =
                new RandomAccessFile(store.resolve("store.db-wal").toFile(), "rw")) {
            flip(bytes, 20_000, 1);
        }
        int size = sizeOf(store);

        assertTrue(size > Contents.size(numbers) - 10, () -> size + " of " + Contents.size(numbers));
        // Which page the damaged frame has depends on what was committed together: the database may be damaged by its
        // loss.
        assertEquals("store.db.damaged-1-wal", DatabaseImage.setAside(store).get(0));
    }

    private static void flip(RandomAccessFile bytes, long at, int bits) throws IOException {
        bytes.seek(at);
        int old = bytes.read();
        bytes.seek(at);
        bytes.write(old ^ bits);
    }

    /** Steps that double pass over the end; what lies there was put last, and may be nowhere else. */
    @Test
    void findsTheLastRowsBehindDamageThatReachesFar() throws Exception {
        Path store = folder.resolve("a");
        DatabaseImage.of(closed(), store);
        Path cut = folder.resolve("cut");
        try (PacketStore opened = open(store)) {
            Contents.put(opened, NUMBERS, NUMBERS + 4);
            DatabaseImage.of(store, cut);
        }
        try (RandomAccessFile bytes =
                new RandomAccessFile(cut.resolve("store.db").toFile(), "rw")) {
            bytes.setLength(40_000);
        }
        LoggedText.of(() -> {
            try (PacketStore opened = open(cut)) {
                List<StoredPacket> found = opened.packets();
                assertFalse(found.isEmpty());
                assertEquals(
                        Samples.id(NUMBERS + 3), found.get(found.size() - 1).id());
            }
        });
    }

    @Test
    void mindsNoLogThatEndsInTheMiddleOfACommit() throws Exception {
        Path store = image.layOut(folder);
        try (RandomAccessFile bytes =
                new RandomAccessFile(store.resolve("store.db-wal").toFile(), "rw")) {
            bytes.setLength(bytes.length() - 5_000);
        }
        String log = LoggedText.of(() -> open(store).close());

        assertEquals("", log);
        assertEquals(List.of(), DatabaseImage.setAside(store));
    }

    @Test
    void findsPacketsAndDeliveriesInTheLogWhenTheDatabaseIsGone() throws Exception {
        Path store = image.layOut(folder);
        Files.delete(store.resolve("store.db"));

        LoggedText.of(() -> {
            try (PacketStore opened = open(store)) {
                assertEquals(Contents.packets(NUMBERS), opened.packets().size(), "the log has all of them");
                // Each of them has one that waits.
                assertEquals(Contents.packets(NUMBERS), opened.counters().get("deliveries"));
                Contents.check(opened);
            }
        });
        assertEquals(List.of("store.db.damaged-1-wal"), DatabaseImage.setAside(store));
    }

    /** A segment that is gone may have said that what was put before it was delivered. */
    @Test
    void handsOverNothingAgainOfWhichTheLogHasNotAll() throws Exception {
        Path store = folder.resolve("a");
        int packets = 3_000;
        byte[] noise = new byte[1_200];
        Random random = new Random(1);
        try (PacketStore opened = open(store)) {
            for (int i = 0; i < packets; i++) {
                random.nextBytes(noise);
                StoredPacket packet = StoredPacket.fresh(Samples.id(i), noise.clone(), false, 0, 86_400_000);
                opened.commit(List.of(
                                new StoreChange.PutPacket(packet),
                                new StoreChange.PutDelivery(Samples.delivery("mqtt", i))))
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
            }
        }
        List<Path> segments = DatabaseImage.files(store).stream()
                .filter(file -> file.getFileName().toString().startsWith("packets-"))
                .toList();
        assertTrue(segments.size() >= 4, segments::toString);
        Files.delete(segments.get(segments.size() / 2));
        Files.delete(store.resolve("store.db"));
        LoggedText.of(() -> {
            try (PacketStore opened = open(store)) {
                List<StoredDelivery> waiting = opened.deliveries("mqtt", -1, Integer.MAX_VALUE);
                assertTrue(!waiting.isEmpty() && waiting.size() < packets * 3 / 4, () -> waiting.size() + " wait");
                assertEquals(
                        packets - waiting.size(), waiting.get(0).number(), "what came behind the gap, and that alone");
                assertTrue(opened.packets().size() > packets / 2, "others are there to be passed on");
            }
        });
    }

    @Test
    void finishesAnExchangeThatAPowerCutHasInterrupted() throws Exception {
        Path store = image.layOut(folder);
        Files.move(store.resolve("store.db"), store.resolve("store.db.damaged-1"));
        Files.copy(closed().resolve("store.db"), store.resolve("store.db.fresh"));

        assertEquals(Contents.size(NUMBERS), sizeOf(store));
        assertFalse(Files.exists(store.resolve("store.db.fresh")));
        assertEquals(List.of("store.db.damaged-1", "store.db.damaged-2-wal"), DatabaseImage.setAside(store));
    }

    @Test
    void beginsAnewWithAnExchangeThatWasNotComplete() throws Exception {
        Path store = image.layOut(folder);
        Files.writeString(store.resolve("store.db.fresh"), "half a database");

        assertEquals(Contents.size(NUMBERS), sizeOf(store));
        assertFalse(Files.exists(store.resolve("store.db.fresh")));
    }

    @Test
    void leavesOutARowWhoseContentIsWrong() throws Exception {
        Path store = folder.resolve("a");
        DatabaseImage.of(closed(), store);
        foreign(
                store,
                "UPDATE packets SET bytes = x'00' WHERE seq = 1",
                "UPDATE notes SET crc = 1 WHERE key = 'note/2'");
        String log = LoggedText.of(() -> {
            try (PacketStore opened = open(store)) {
                assertEquals(Contents.size(NUMBERS) - 2, Contents.check(opened));
                assertEquals(2, opened.counters().get("damaged.rows"));
            }
        });
        assertTrue(log.contains("2 rows are damaged"), log);
        assertEquals(Contents.size(NUMBERS) - 2, sizeOf(store));
    }

    @Test
    void takesALostPacketAgain() throws Exception {
        Path store = folder.resolve("a");
        DatabaseImage.of(closed(), store);
        foreign(store, "UPDATE packets SET bytes = x'00' WHERE seq = 1");
        LoggedText.of(() -> {
            try (PacketStore opened = open(store)) {
                for (long key : opened.seen()) {
                    assertTrue(key != Samples.key(1), "a lost packet is not among the seen");
                }
                Contents.put(opened, 1, 2);
                assertEquals(
                        Samples.id(1),
                        opened.packets().get(opened.packets().size() - 1).id());
            }
        });
    }

    /** A store with all in the one file. */
    private Path closed() throws Exception {
        Path store = image.layOut(folder.resolve("closed"));
        open(store).close();
        return store;
    }
}
