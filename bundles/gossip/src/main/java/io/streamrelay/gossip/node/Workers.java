// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that seal and open. Work is handed to them through {@link Lane}s, which keep its order. */
final class Workers implements Executor, AutoCloseable {

    /** Sealing and opening side by side; more would not help the two cores of a small gateway. */
    private static final int THREADS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final ExecutorService pool;
    private final ScheduledExecutorService timer;
    private final ThreadFactory late;

    Workers(String name) {
        pool = Threads.pool(THREADS, name + "-worker");
        late = Threads.named(name + "-late");
        timer = Executors.newSingleThreadScheduledExecutor(Threads.named(name + "-timer"));
    }

    Lane lane() {
        return new Lane(this);
    }

    /** Runs as soon as a thread is free; after {@link #close} at once, for somebody may wait for what it answers. */
    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** Runs after a while, on a thread for timers alone: the task is to be short. */
    void after(long delayMs, Runnable task) {
        try {
            timer.schedule(task, delayMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the workers have stopped; a timer is left out");
        }
    }

    /** Runs again and again. The task is to be short, and is not to throw. */
    void every(long intervalMs, Runnable task) {
        timer.scheduleWithFixedDelay(task, intervalMs, intervalMs, TimeUnit.MILLISECONDS);
    }

    /** Ends what runs and waits for what has been handed in, but not for timers. What takes longer ends later. */
    @Override
    public void close() {
        timer.shutdownNow();
        List<Runnable> left = Threads.end(pool, Threads.END_MS);
        if (!left.isEmpty()) {
            late.newThread(() -> left.forEach(Runnable::run)).start();
        }
    }
}
