// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoreChange.PutDelivery;
import io.streamrelay.api.store.StoreChange.PutPacket;
import io.streamrelay.api.store.StoreChange.PutPeer;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.store.StoredPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link PacketStore} holds to, whatever it is made of. A store's own test extends this. */
abstract class PacketStoreContract extends ContentsContract {

    @Test
    void findsItsPeersAgainInTheirOrder() throws Exception {
        commit(new PutPeer(Samples.peer(1)), new PutPeer(Samples.peer(2)), new PutPeer(Samples.peer(3)));
        List<StoredPeer> before = store.peers();
        reopen();

        assertEquals(before, store.peers());
    }

    @Test
    void countsEpochsFromOne() {
        assertEquals(1, store.nextEpoch());
        assertEquals(2, store.nextEpoch());
    }

    @Test
    void neverReusesAnEpoch() throws IOException {
        long last = 0;
        for (int i = 0; i < 5; i++) {
            long next = store.nextEpoch();
            assertTrue(next > last, next + " after " + last);
            last = next;
            reopen();
        }
    }

    @Test
    void givesEachThreadItsOwnEpoch() throws Exception {
        Set<Long> epochs = ConcurrentHashMap.newKeySet();
        inThreads(4, thread -> {
            for (int i = 0; i < 10; i++) {
                assertTrue(epochs.add(store.nextEpoch()));
            }
        });

        assertEquals(40, epochs.size());
    }

    @Test
    void completesCommitsOnOneThreadOfItsOwn() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(store.commit(List.of(new PutPacket(Samples.packet(i))))
                    .thenRun(() -> threads.add(Thread.currentThread()))
                    .toCompletableFuture());
        }
        awaitAll(all);
        // A stage that is complete before a callback is attached runs it at once, on the caller's thread.
        threads.remove(Thread.currentThread());

        assertEquals(1, threads.size(), () -> "threads " + threads);
    }

    @Test
    void completesAfterTheChangesAreVisible() throws Exception {
        for (int i = 1; i <= 100; i++) {
            commit(new PutPacket(Samples.packet(i)));
            assertEquals(i, store.packets().size());
        }
    }

    @Test
    void makesChangesInTheOrderInWhichTheyAreHandedIn() throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(store.commit(List.of(new PutPacket(Samples.packet(i)))).toCompletableFuture());
        }
        all.get(499).get(10, SECONDS);

        assertTrue(all.stream().allMatch(CompletableFuture::isDone), "the last is done, so all are");
        assertEquals(
                IntStream.range(0, 500).mapToObj(Samples::id).toList(),
                store.packets().stream().map(StoredPacket::id).toList());
    }

    @Test
    void losesNothingWhenManyThreadsCommit() throws Exception {
        inThreads(4, thread -> {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 250; i++) {
                all.add(store.commit(List.of(new PutDelivery(Samples.delivery("consumer" + thread, i))))
                        .toCompletableFuture());
            }
            awaitAll(all);
        });

        for (int thread = 0; thread < 4; thread++) {
            assertEquals(LongStream.range(0, 250).boxed().toList(), numbers("consumer" + thread));
        }
    }

    @Test
    void takesACommitOfNothing() throws Exception {
        commit();
    }

    @Test
    void takesACommitFromACallback() throws Exception {
        store.commit(List.of(new PutPacket(Samples.packet(1))))
                .thenCompose(done -> store.commit(List.of(new PutPacket(Samples.packet(2)))))
                .toCompletableFuture()
                .get(10, SECONDS);

        assertEquals(2, store.packets().size());
    }

    @Test
    void goesOnAfterACallbackThatThrows() throws Exception {
        store.commit(List.of(new PutPacket(Samples.packet(1)))).thenRun(() -> {
            throw new IllegalStateException("on purpose");
        });
        commit(new PutPacket(Samples.packet(2)));

        assertEquals(2, store.packets().size());
    }

    @Test
    void isNotChangedByACallersListAfterwards() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        WriterThread.run(store, () -> awaitQuietly(released));
        List<StoreChange> changes = new ArrayList<>(List.of(new PutPacket(Samples.packet(1))));
        CompletableFuture<Void> done = store.commit(changes).toCompletableFuture();
        changes.clear();
        released.countDown();
        done.get(10, SECONDS);

        assertEquals(1, store.packets().size());
    }

    @Test
    void commitsWhatWasHandedInBeforeItCloses() throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(store.commit(List.of(new PutPeer(Samples.peer(i)))).toCompletableFuture());
        }
        store.close();

        assertTrue(all.stream().allMatch(done -> done.isDone() && !done.isCompletedExceptionally()));
        store = factory.open(directory);
        assertEquals(Samples.peer(499), store.peers().get(0));
    }

    @Test
    void failsACommitAfterClosingAndNamesTheFolder() {
        store.close();
        CompletableFuture<Void> done =
                store.commit(List.of(new PutPacket(Samples.packet(1)))).toCompletableFuture();

        ExecutionException e = assertThrows(ExecutionException.class, () -> done.get(10, SECONDS));
        assertNamesTheFolder(e.getCause());
    }

    @Test
    void givesNoEpochAfterClosing() {
        store.close();

        assertThrows(IllegalStateException.class, store::nextEpoch);
    }

    @Test
    void mayBeClosedTwice() throws IOException {
        store.close();
        store.close();
        store = factory.open(directory);
    }

    @Test
    void isOpenOnceInAFolder() {
        assertNamesTheFolder(assertThrows(IOException.class, () -> factory.open(directory)));
    }

    @Test
    void isOpenOnceInAFolderWhateverItsSpelling() {
        Path otherwise = directory.resolve("../store/.");

        assertThrows(IOException.class, () -> factory.open(otherwise));
    }

    @Test
    void isOpenOnceInAFolderAcrossFactories() throws IOException {
        assertNamesTheFolder(assertThrows(IOException.class, () -> newFactory().open(directory)));

        store.close();
        newFactory().open(directory).close();
    }

    @Test
    void isOpenOnceHoweverManyTryAtOnce() throws Exception {
        Path contested = folder.resolve("contested");
        Set<PacketStore> opened = ConcurrentHashMap.newKeySet();
        inThreads(8, thread -> {
            try {
                opened.add(factory.open(contested));
            } catch (IOException e) {
                assertTrue(e.getMessage().contains(contested.toString()), e.getMessage());
            }
        });
        opened.forEach(PacketStore::close);

        assertEquals(1, opened.size());
    }

    @Test
    void keepsStoresInTwoFoldersApart() throws Exception {
        commit(new PutPacket(Samples.packet(1)), new PutPeer(Samples.peer(1)));
        store.nextEpoch();
        try (PacketStore other = factory.open(folder.resolve("b"))) {
            assertEquals(List.of(), other.packets());
            assertEquals(List.of(), other.peers());
            assertEquals(1, other.nextEpoch());
        }
    }

    @Test
    void namesAFolderThatCannotBeUsed() throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));
        IOException e = assertThrows(IOException.class, () -> factory.open(file));

        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    }

    private void assertNamesTheFolder(Throwable e) {
        assertTrue(e.getMessage().contains(directory.toString()), e.getMessage());
    }

    private static void awaitAll(List<CompletableFuture<Void>> all) throws Exception {
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(10, SECONDS);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What one of several threads does, given its number. */
    @FunctionalInterface
    private interface Work {
        void in(int thread) throws Exception;
    }

    private static void inThreads(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                all.add(pool.submit(() -> {
                    work.in(thread);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(30, SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
