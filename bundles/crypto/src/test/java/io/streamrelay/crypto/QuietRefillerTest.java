// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class QuietRefillerTest {

    private final QuietRefiller refiller = new QuietRefiller();

    @Test
    void runsRefillsOnOneQuietDaemonThread() throws Exception {
        Thread first = threadOfNextRefill(refiller);
        Thread second = threadOfNextRefill(refiller);

        assertTrue(first.isDaemon());
        assertEquals(Thread.MIN_PRIORITY, first.getPriority());
        assertEquals(first, second);
        refiller.close();
    }

    @Test
    void dropsRefillsOnceClosed() throws Exception {
        CompletableFuture<Thread> running = new CompletableFuture<>();
        CompletableFuture<Void> released = new CompletableFuture<>();
        AtomicBoolean ran = new AtomicBoolean();
        refiller.execute(() -> {
            running.complete(Thread.currentThread());
            released.join();
        });
        Thread thread = running.get(10, TimeUnit.SECONDS);

        refiller.execute(() -> ran.set(true));
        refiller.close();
        refiller.execute(() -> ran.set(true));
        released.complete(null);

        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertFalse(thread.isAlive());
        assertFalse(ran.get());
    }

    @Test
    void letsItsThreadEndWhenThereIsNothingToDo() throws Exception {
        Thread idle = threadOfNextRefill(new QuietRefiller(1));
        idle.join(TimeUnit.SECONDS.toMillis(10));
        assertFalse(idle.isAlive());
    }

    private static Thread threadOfNextRefill(QuietRefiller refiller) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        refiller.execute(() -> thread.complete(Thread.currentThread()));
        return thread.get(10, TimeUnit.SECONDS);
    }
}
