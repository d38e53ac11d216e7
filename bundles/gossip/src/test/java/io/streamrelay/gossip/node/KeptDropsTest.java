// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.store.SqlitePacketStoreFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptDropsTest {

    @TempDir
    Path folder;

    private PacketStore open() throws IOException {
        return new SqlitePacketStoreFactory().open(folder);
    }

    @Test
    void goesOnFromWhatWasCountedBeforeARestart() throws IOException {
        try (PacketStore store = open()) {
            Counters counters = new Counters();
            KeptDrops kept = KeptDrops.restore(store, counters);
            counters.add("drop.bad-magic", 3);
            counters.add("evicted-oldest", 5);
            counters.add("sent.messages", 7);
            kept.save();
        }
        try (PacketStore store = open()) {
            Counters counters = new Counters();
            KeptDrops kept = KeptDrops.restore(store, counters);
            assertEquals(Map.of("drop.bad-magic", 3L, "evicted-oldest", 5L), counters.values());
            counters.increment("drop.bad-magic");
            kept.save();
        }
        try (PacketStore store = open()) {
            Counters counters = new Counters();
            KeptDrops.restore(store, counters);
            assertEquals(4, counters.values().get("drop.bad-magic"));
        }
    }

    @Test
    void writesNothingWhenNothingWasDropped() throws IOException {
        try (PacketStore store = open()) {
            Counters counters = new Counters();
            KeptDrops kept = KeptDrops.restore(store, counters);
            counters.increment("drop.late");
            kept.save();
            long done = written(store);
            counters.increment("sent.messages");
            kept.save();
            kept.save();
            assertEquals(done, written(store));
        }
    }

    /** When all that was handed in is on the disk. */
    private static long written(PacketStore store) {
        store.commit(List.of()).toCompletableFuture().join();
        return store.counters().get("log.written.bytes");
    }

    @Test
    void countsAnewWhenItCannotBeRead() throws IOException {
        try (PacketStore store = open()) {
            store.commit(List.of(new StoreChange.PutNote("counters/drops", new byte[] {1, 2, 3})));
            Counters counters = new Counters();
            KeptDrops.restore(store, counters);
            assertTrue(counters.values().isEmpty());
        }
    }
}
