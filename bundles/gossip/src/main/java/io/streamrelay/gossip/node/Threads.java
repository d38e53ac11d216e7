// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How a node's threads begin and end. */
final class Threads {

    /**
     * How long an end waits for each of a node's threads, in milliseconds. A node has five of them to wait for after
     * the 5 s of StreamRelay.close, and a container that is told to end has 10 s.
     */
    static final long END_MS = 500;

    private Threads() {}

    /** Daemon threads with names that a thread dump can be read by. */
    static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Threads for tasks that are never left out: after the end whoever brings one runs it. */
    static ExecutorService pool(int threads, String name) {
        return new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                named(name),
                (task, ended) -> task.run());
    }

    /** Lets an executor do what it has been given, for a bounded time; then its tasks are interrupted. Returns those not begun. */
    static List<Runnable> end(ExecutorService executor, long timeoutMs) {
        executor.shutdown();
        try {
            if (executor.awaitTermination(timeoutMs, TimeUnit.MILLISECONDS)) {
                return List.of();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return executor.shutdownNow();
    }
}
