// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private final List<Boolean> full = new ArrayList<>();
    private final Counters counters = new Counters();
    private final Backlog backlog = new Backlog(2, full::add);
    private final Dispatcher dispatcher = new Dispatcher("test", backlog, counters);

    @AfterEach
    void close() {
        dispatcher.close();
    }

    @Test
    void goesOnAfterAListenerThatThrows() throws Exception {
        CompletableFuture<Boolean> called = new CompletableFuture<>();
        dispatcher.message(() -> {
            throw new IllegalStateException("a listener's bug");
        });
        dispatcher.message(() -> called.complete(dispatcher.isCurrentThread()));
        assertTrue(called.get(10, TimeUnit.SECONDS));
        assertFalse(dispatcher.isCurrentThread());
    }

    @Test
    void countsMessagesUntilTheyAreTaken() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        dispatcher.message(() -> await(go));
        dispatcher.message(() -> {});
        assertEquals(List.of(true), full);
        go.countDown();
        CompletableFuture<Void> done = new CompletableFuture<>();
        dispatcher.event(() -> done.complete(null));
        done.get(10, TimeUnit.SECONDS);
        assertEquals(List.of(true, false), full);
    }

    @Test
    void goesOnWithoutAListenerThatIsStuck() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        dispatcher.message(() -> await(go));
        dispatcher.message(() -> {});
        backlog.look();
        assertEquals(List.of(true, false), full);
        dispatcher.message(() -> {});
        assertEquals(1, counters.values().get("drop.listener-stuck"));
        go.countDown();
    }

    @Test
    void leavesOutWhatMayBeMissedWhenItIsBusy() {
        CountDownLatch go = new CountDownLatch(1);
        dispatcher.event(() -> await(go));
        boolean taken = true;
        for (int i = 0; i <= Dispatcher.OPTIONAL_MAX && taken; i++) {
            taken = dispatcher.optional(() -> {});
        }
        assertFalse(taken);
        go.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
