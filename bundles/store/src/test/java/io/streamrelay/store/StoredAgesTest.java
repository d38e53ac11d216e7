// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange.PutDelivery;
import io.streamrelay.api.store.StoreChange.PutPacket;
import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredPacket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How old a packet is that went through restarts, with the clocks that gateways have. */
class StoredAgesTest {

    private static final Instant IN_1970 = Instant.parse("1970-01-01T00:00:30Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final TestClocks clocks = new TestClocks();

    @Test
    void agesWhileOpenAndWhileClosed() throws Exception {
        try (PacketStore store = open()) {
            put(store, 500);
            clocks.passes(HOUR);
            assertEquals(500 + HOUR.toMillis(), age(store));
            assertEquals(
                    500 + HOUR.toMillis(), store.deliveries("mqtt", 0, 1).get(0).ageMs());
        }
        clocks.passes(HOUR);
        try (PacketStore store = open()) {
            assertEquals(500 + 2 * HOUR.toMillis(), age(store));
            assertEquals(
                    500 + 2 * HOUR.toMillis(),
                    store.deliveries("mqtt", 0, 1).get(0).ageMs());
        }
    }

    @Test
    void agesWhileOpenThoughTheClockWasNeverSet() throws Exception {
        clocks.wall(IN_1970);
        try (PacketStore store = open()) {
            put(store, 0);
            clocks.passes(HOUR);
        }
        clocks.wall(IN_1970);
        try (PacketStore store = open()) {
            assertEquals(HOUR.toMillis(), age(store));
        }
    }

    @Test
    void isNotDisturbedByAClockThatIsSetWhileItIsOpen() throws Exception {
        clocks.wall(IN_1970);
        try (PacketStore store = open()) {
            put(store, 0);
            clocks.passes(HOUR);
            clocks.wall(Instant.parse("2026-11-26T12:00:00Z"));
            assertEquals(HOUR.toMillis(), age(store));
        }
        clocks.passes(HOUR);
        try (PacketStore store = open()) {
            assertEquals(2 * HOUR.toMillis(), age(store));
        }
    }

    @Test
    void isNotDisturbedByAClockThatJumpsADayAndAPowerCut() throws Exception {
        try (PacketStore store = open()) {
            put(store, 0);
            clocks.passes(HOUR);
            clocks.wall(clocks.clocks().wall().instant().plus(Duration.ofDays(1)));
            // Any commit brings the store to look at its clocks; without one it looks by itself after 10 s.
            store.commit(List.of(new PutPacket(Samples.packet(2))))
                    .toCompletableFuture()
                    .get(10, SECONDS);
            copyAsAfterAPowerCut("cut");
        }
        clocks.passes(HOUR);
        try (PacketStore store = open("cut")) {
            assertEquals(2 * HOUR.toMillis(), age(store));
        }
    }

    @Test
    void countsTheHourBeforeAPowerCutToo() throws Exception {
        try (PacketStore store = open()) {
            put(store, 0);
            copyAsAfterAPowerCut("cut");
            clocks.passes(HOUR);
        }
        try (PacketStore store = open("cut")) {
            assertEquals(HOUR.toMillis(), age(store));
        }
    }

    @Test
    void doesNotCountAClockThatIsFarAhead() throws Exception {
        try (PacketStore store = open()) {
            put(store, 0);
        }
        clocks.wall(Instant.parse("2038-02-01T00:00:00Z"));
        try (PacketStore store = open()) {
            assertEquals(0, age(store));
            clocks.passes(HOUR);
        }
        clocks.passes(HOUR);
        try (PacketStore store = open()) {
            assertEquals(2 * HOUR.toMillis(), age(store));
        }
        clocks.wall(Instant.parse("2026-11-27T12:00:00Z"));
        try (PacketStore store = open()) {
            assertEquals(2 * HOUR.toMillis(), age(store));
        }
    }

    @Test
    void keepsAnAgeThatIsLongerThanTheStoreHasLived() throws Exception {
        try (PacketStore store = open()) {
            put(store, Duration.ofDays(20).toMillis());
        }
        try (PacketStore store = open()) {
            assertEquals(Duration.ofDays(20).toMillis(), age(store));
        }
    }

    @Test
    void isNeverNegative() throws Exception {
        clocks.wall(IN_1970);
        try (PacketStore store = open()) {
            put(store, 0);
            clocks.passes(Duration.ofMillis(400));
            store.commit(List.of(new PutPacket(Samples.packet(2))))
                    .toCompletableFuture()
                    .get(10, SECONDS);
            copyAsAfterAPowerCut("cut");
        }
        clocks.wall(IN_1970);
        try (PacketStore store = open("cut")) {
            assertTrue(store.packets().stream().allMatch(packet -> packet.ageMs() >= 0));
        }
    }

    private PacketStore open() throws IOException {
        return open("store");
    }

    private PacketStore open(String name) throws IOException {
        return new SqlitePacketStoreFactory(StoreLimits.DEFAULT, DatabaseSettings.DEFAULT, clocks.clocks())
                .open(folder.resolve(name));
    }

    private void copyAsAfterAPowerCut(String name) throws IOException {
        Path cut = Files.createDirectory(folder.resolve(name));
        try (Stream<Path> files = Files.list(folder.resolve("store"))) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("store\\.db.*|packets-.*\\.log"))
                    .toList()) {
                Files.copy(file, cut.resolve(file.getFileName()));
            }
        }
    }

    private static void put(PacketStore store, long ageMs) throws Exception {
        StoredPacket packet = StoredPacket.fresh(Samples.id(1), new byte[10], true, ageMs, 1L << 40);
        PutDelivery delivery = new PutDelivery(new StoredDelivery("mqtt", 1, new byte[10], ageMs));
        store.commit(List.of(new PutPacket(packet), delivery))
                .toCompletableFuture()
                .get(10, SECONDS);
    }

    private static long age(PacketStore store) {
        return store.packets().get(0).ageMs();
    }
}
