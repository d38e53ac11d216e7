// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.PacketStoreFactory;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoreChange.PutPacket;
import io.streamrelay.api.store.StoreChange.PutPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class MemoryPacketStoreTest extends PacketStoreContract {

    private static final Duration NEVER = Duration.ofDays(1);

    @Override
    PacketStoreFactory newFactory() {
        return new MemoryPacketStoreFactory();
    }

    @Test
    void forgetsPacketsWhenClosed() throws Exception {
        PacketStoreFactory factory = newFactory();
        PacketStore first = factory.open(folder.resolve("memory"));
        commit(first, new PutPacket(Samples.packet(1)));
        first.close();

        try (PacketStore second = factory.open(folder.resolve("memory"))) {
            assertEquals(List.of(), second.packets());
        }
    }

    @Test
    void writesPeersWhileItIsOpen() throws Exception {
        Path directory = folder.resolve("memory");
        try (PacketStore store = open(directory, new StoreLimits(10, Duration.ZERO, Duration.ofMillis(50)))) {
            commit(store, new PutPeer(Samples.peer(1)));
            Await.until("the first peer is in the file", () -> peersIn(directory)
                    .contains(Samples.id(1).hex()));
            commit(store, new PutPeer(Samples.peer(2)));
            Await.until("the second peer is in the file", () -> peersIn(directory)
                    .contains(Samples.id(2).hex()));
        }
    }

    @Test
    void writesPeersNoMoreOftenThanTheInterval() throws Exception {
        Path directory = folder.resolve("memory");
        try (PacketStore store = open(directory, new StoreLimits(10, Duration.ZERO, NEVER))) {
            commit(store, new PutPeer(Samples.peer(1)));
            Await.until("the first change is written at once", () -> peersIn(directory)
                    .contains(Samples.id(1).hex()));
            commit(store, new PutPeer(Samples.peer(2)));
            commit(store, new PutPacket(Samples.packet(1)));

            assertFalse(peersIn(directory).contains(Samples.id(2).hex()));
        }
        assertTrue(peersIn(directory).contains(Samples.id(2).hex()));
    }

    @Test
    void failsACommitThatFindsNoRoomInTime() throws Exception {
        try (Blocked blocked = new Blocked(new StoreLimits(2, Duration.ofMillis(20), NEVER))) {
            blocked.store.commit(List.of());
            blocked.store.commit(List.of());
            CompletableFuture<Void> third = blocked.store.commit(List.of()).toCompletableFuture();

            ExecutionException e = assertThrows(ExecutionException.class, () -> third.get(10, SECONDS));
            assertInstanceOf(IOException.class, e.getCause());
            assertTrue(e.getCause().getMessage().contains("does not keep up"), e.getCause()::getMessage);
            assertEquals(1, blocked.store.counters().get("commits.refused"));
            assertEquals(2, blocked.store.counters().get("commits.pending"));
        }
    }

    @Test
    void letsACommitWaitForRoom() throws Exception {
        try (Blocked blocked = new Blocked(new StoreLimits(1, NEVER, NEVER))) {
            blocked.store.commit(List.of(new PutPacket(Samples.packet(1))));
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> blocked.store
                    .commit(List.of(new PutPacket(Samples.packet(2))))
                    .toCompletableFuture()
                    .join());
            blocked.release();
            waiting.get(10, SECONDS);

            assertEquals(2, blocked.store.packets().size());
        }
    }

    @Test
    void refusesACommitFromItsOwnThreadWhenFullInsteadOfWaitingForItself() throws Exception {
        CompletableFuture<Void> second = new CompletableFuture<>();
        try (PacketStore store = open(folder.resolve("memory"), new StoreLimits(1, NEVER, NEVER))) {
            WriterThread.run(store, () -> {
                store.commit(List.of());
                store.commit(List.of()).whenComplete((done, e) -> second.completeExceptionally(e));
            });

            ExecutionException e = assertThrows(ExecutionException.class, () -> second.get(10, SECONDS));
            assertTrue(e.getCause().getMessage().contains("does not keep up"), e.getCause()::getMessage);
        }
    }

    @Test
    void keepsTheInterruptOfACaller() throws Exception {
        try (PacketStore store = newFactory().open(folder.resolve("memory"))) {
            Thread.currentThread().interrupt();
            CompletableFuture<Void> done = store.commit(List.of()).toCompletableFuture();

            assertTrue(Thread.interrupted());
            assertTrue(done.isCompletedExceptionally());
        }
    }

    @Test
    void failsACommitOfARubbishChangeAndGoesOn() throws Exception {
        try (PacketStore store = newFactory().open(folder.resolve("memory"))) {
            CompletableFuture<Void> rubbish =
                    store.commit(List.of(new PutPacket(null))).toCompletableFuture();
            assertThrows(ExecutionException.class, () -> rubbish.get(10, SECONDS));

            commit(store, new PutPacket(Samples.packet(1)));
            assertEquals(1, store.packets().size());
        }
    }

    @Test
    void mayBeClosedByACallback() throws Exception {
        Path directory = folder.resolve("memory");
        PacketStoreFactory factory = newFactory();
        PacketStore store = factory.open(directory);
        WriterThread.run(store, store::close);

        Await.until("the folder is free again", () -> {
            try {
                factory.open(directory).close();
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        PacketStore store = newFactory().open(folder.resolve("threads"));
        assertEquals(1, writerThreads());
        store.close();

        assertEquals(0, writerThreads());
    }

    private static long writerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("srp-store-threads") && thread.isDaemon())
                .count();
    }

    private static PacketStore open(Path directory, StoreLimits limits) throws IOException {
        return new MemoryPacketStoreFactory(limits, StoreClocks.SYSTEM).open(directory);
    }

    private static void commit(PacketStore store, StoreChange change) throws Exception {
        store.commit(List.of(change)).toCompletableFuture().get(10, SECONDS);
    }

    private static String peersIn(Path directory) {
        try {
            Path file = directory.resolve("peers");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A store whose writer is held by a callback until it is released. */
    private final class Blocked implements AutoCloseable {

        private final PacketStore store;
        private final CountDownLatch released = new CountDownLatch(1);

        Blocked(StoreLimits limits) throws Exception {
            store = open(folder.resolve("blocked"), limits);
            WriterThread.run(store, () -> awaitQuietly(released));
        }

        void release() {
            released.countDown();
        }

        @Override
        public void close() {
            release();
            store.close();
        }
    }
}
