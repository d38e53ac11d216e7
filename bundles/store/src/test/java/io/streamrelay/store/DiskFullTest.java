// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoreChange.PacketPassedOn;
import io.streamrelay.api.store.StoreChange.PutPacket;
import io.streamrelay.api.store.StoreChange.RemovePacket;
import io.streamrelay.api.store.StoredPacket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that may not grow beyond 400 kB. */
class DiskFullTest {

    private static final DatabaseSettings SMALL = new DatabaseSettings(100, 50, Duration.ofMillis(3));

    @TempDir
    Path folder;

    @Test
    void refusesWhenItIsFullAndGoesOnWhenThereIsRoom() throws Exception {
        try (PacketStore store = open()) {
            int accepted = fill(store);
            assertTrue(accepted > 90, accepted + " packets found room, a block for each");
            assertEquals(1, store.counters().get("failing"));
            assertEquals(accepted, store.packets().size());
            assertEquals(accepted, store.counters().get("packets"));

            // Whether these fail or not, they take effect as soon as something can be written.
            store.commit(List.of(new PacketPassedOn(Samples.id(100))));
            for (int i = 1; i <= 40; i++) {
                store.commit(List.of(new RemovePacket(Samples.id(i))));
            }
            Await.until("the store works again", () -> store.counters().get("failing") == 0);
            commit(store, new PutPacket(packet(accepted + 1_000)));
            assertEquals(0, store.counters().get("owed"));
            assertEquals(accepted - 40 + 1, store.packets().size());
        }
        try (PacketStore store = open()) {
            assertEquals(Samples.id(41), store.packets().get(0).id());
            assertEquals(
                    List.of(Samples.id(100)),
                    store.packets().stream()
                            .filter(StoredPacket::passedOn)
                            .map(StoredPacket::id)
                            .toList());
        }
    }

    @Test
    void opensWhenItIsFull() throws Exception {
        int accepted;
        try (PacketStore store = open()) {
            accepted = fill(store);
        }
        try (PacketStore store = open()) {
            assertEquals(accepted, store.packets().size());
        }
    }

    private PacketStore open() throws IOException {
        return new SqlitePacketStoreFactory(StoreLimits.DEFAULT, SMALL, StoreClocks.SYSTEM).open(folder);
    }

    /** Puts packets until one is refused. */
    private static int fill(PacketStore store) throws Exception {
        for (int accepted = 0; accepted < 1_000; accepted++) {
            try {
                commit(store, new PutPacket(packet(accepted + 1)));
            } catch (ExecutionException e) {
                IOException cause = assertInstanceOf(IOException.class, e.getCause());
                assertTrue(cause.getMessage().contains("full"), cause.getMessage());
                return accepted;
            }
        }
        throw new AssertionError("it never was full");
    }

    private static StoredPacket packet(int number) {
        return StoredPacket.fresh(Samples.id(number), new byte[1_300], true, 0, 1_000_000);
    }

    private static void commit(PacketStore store, StoreChange change) throws Exception {
        store.commit(List.of(change)).toCompletableFuture().get(10, SECONDS);
    }
}
