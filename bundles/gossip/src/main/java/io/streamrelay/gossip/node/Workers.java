// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that seal and open. Work is handed to them through {@link Lane}s, which keep its order. */
final class Workers implements Executor, AutoCloseable {

    /** Sealing and opening side by side; more would not help the two cores of a small gateway. */
    private static final int THREADS = 2;

    private static final long CLOSE_MS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final ExecutorService pool;
    private final ScheduledExecutorService timer;

    Workers(String name) {
        pool = Executors.newFixedThreadPool(THREADS, Threads.named(name + "-worker"));
        timer = Executors.newSingleThreadScheduledExecutor(Threads.named(name + "-timer"));
    }

    Lane lane() {
        return new Lane(this);
    }

    /** Runs as soon as a thread is free; after {@link #close} not at all. */
    @Override
    public void execute(Runnable task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the workers have stopped; a task is left out");
        }
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

    /** Ends what runs and waits for what has been handed in, but not for timers. */
    @Override
    public void close() {
        timer.shutdownNow();
        Threads.end(pool, CLOSE_MS);
    }
}
