// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Delivery;
import io.streamrelay.api.Interest;
import io.streamrelay.api.Message;
import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerBookTest {

    private static final Wanted ALL = Wanted.of(Interest.inTopics(topic -> true));

    private final List<Runnable> timers = Collections.synchronizedList(new ArrayList<>());
    private final List<Delivery> handed = Collections.synchronizedList(new ArrayList<>());
    private TestParts parts;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        parts = new TestParts(folder);
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void bringsNumbersToTheStoreInTheirOrderAlsoWhenTwoKeep() throws Exception {
        List<Long> committed = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch firstCame = new CountDownLatch(1);
        CountDownLatch secondCame = new CountDownLatch(1);
        ConsumerBook book = book(changes -> {
            if (firstCame.getCount() == 0) {
                secondCame.countDown();
            } else {
                firstCame.countDown();
                secondCame.await(300, TimeUnit.MILLISECONDS);
            }
            committed.add(((StoreChange.PutDelivery) changes.get(0)).delivery().number());
            return true;
        });
        book.queue("s", "c");
        Thread other = new Thread(() -> keep(book, "1"));
        other.start();
        assertTrue(firstCame.await(10, TimeUnit.SECONDS));
        keep(book, "2").toCompletableFuture().get(10, TimeUnit.SECONDS);
        other.join(10_000);
        assertEquals(List.of(1L, 2L), committed);
    }

    @Test
    void keepsWhatCouldNotBeKeptWhenTheStoreCanBeWrittenAgain() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        ConsumerBook book = book(changes -> !full.get());
        ConsumerQueue queue = book.queue("s", "c");
        keep(book, "1").toCompletableFuture().get(10, TimeUnit.SECONDS);
        keep(book, "2").toCompletableFuture().get(10, TimeUnit.SECONDS);
        queue.open(new ConsumerHandle("c", null, queue, handed::add), ALL);
        parts.awaitListeners();
        assertEquals(2, handed.size());
        handed.get(0).acknowledge();
        assertEquals(0, parts.store.queue("s/c").deliveries());

        timers.remove(0).run();
        assertEquals(0, parts.store.queue("s/c").deliveries());
        full.set(false);
        timers.remove(0).run();
        parts.store.commit(List.of()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertEquals(1, parts.store.queue("s/c").deliveries());
        assertEquals(0, timers.size());
    }

    /** More than is in memory of what waits; a broker that is away takes it before the disk can be written, or after. */
    @ParameterizedTest
    @ValueSource(ints = {0, 700, 1_700})
    void losesNothingOfMuchThatCouldNotBeKept(int takenBefore) throws Exception {
        AtomicBoolean full = new AtomicBoolean();
        ConsumerBook book = book(changes -> !full.get());
        ConsumerQueue queue = book.queue("s", "c");
        int count = 0;
        for (int max : List.of(100, 1_600, 1_700)) {
            while (count < max) {
                keep(book, Integer.toString(count++)).toCompletableFuture().get(10, TimeUnit.SECONDS);
            }
            full.set(!full.get());
        }
        full.set(takenBefore > 0);
        queue.open(new ConsumerHandle("c", null, queue, handed::add), ALL);
        acknowledgeUpTo(takenBefore);
        full.set(false);
        timers.remove(0).run();
        acknowledgeUpTo(count);
        assertEquals(
                IntStream.range(0, count).mapToObj(Integer::toString).toList(),
                handed.stream().map(Delivery::text).toList());
        settle();
        assertEquals(0, parts.store.queue("s/c").deliveries());
    }

    private void acknowledgeUpTo(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            for (int look = 0; handed.size() <= i && look < 100; look++) {
                settle();
            }
            assertTrue(handed.size() > i, "stuck at " + i);
            handed.get(i).acknowledge();
        }
    }

    private void settle() throws Exception {
        parts.awaitListeners();
        parts.store.commit(List.of()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        parts.awaitListeners();
    }

    /** What happens to a commit that holds a delivery. */
    private interface Fate {
        boolean works(List<?> changes) throws Exception;
    }

    private ConsumerBook book(Fate fate) {
        PacketStore store = (PacketStore) Proxy.newProxyInstance(
                PacketStore.class.getClassLoader(), new Class<?>[] {PacketStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")
                            && ((List<?>) arguments[0]).stream().anyMatch(StoreChange.PutDelivery.class::isInstance)
                            && !fate.works((List<?>) arguments[0])) {
                        return CompletableFuture.failedStage(new IOException("no room"));
                    }
                    return method.invoke(parts.store, arguments);
                });
        return new ConsumerBook(new ConsumerParts(
                store, parts.dispatcher, parts.drops, parts.trails, (delayMs, task) -> timers.add(task), parts.clock));
    }

    private static CompletionStage<Void> keep(ConsumerBook book, String text) {
        Message message = Message.of("a", text.getBytes(StandardCharsets.UTF_8));
        return book.keep(
                "s", List.of(new Arrival(null, message, null, TestParts.PACKET, null, false, 0, 1)), List.of(), null);
    }
}
