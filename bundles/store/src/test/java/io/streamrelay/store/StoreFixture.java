// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.PacketStoreFactory;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredDelivery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store under test, in a folder of its own. */
abstract class StoreFixture {

    @TempDir
    Path folder;

    Path directory;
    PacketStoreFactory factory;
    PacketStore store;

    /** A new factory of the stores under test. */
    abstract PacketStoreFactory newFactory();

    @BeforeEach
    void openStore() throws IOException {
        directory = folder.resolve("a/store");
        factory = newFactory();
        store = factory.open(directory);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    final void reopen() throws IOException {
        store.close();
        factory = newFactory();
        store = factory.open(directory);
    }

    final void commit(StoreChange... changes) throws Exception {
        store.commit(List.of(changes)).toCompletableFuture().get(10, SECONDS);
    }

    final List<Long> numbers(String consumer) {
        return numbers(consumer, -1, Integer.MAX_VALUE);
    }

    final List<Long> numbers(String consumer, long after, int max) {
        return store.deliveries(consumer, after, max).stream()
                .map(StoredDelivery::number)
                .toList();
    }
}
