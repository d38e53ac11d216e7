// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which an application's listeners are called. Messages in its queue are bounded by the
 * {@link Backlog}; what a slow listener may miss is left out when the queue is long.
 */
final class Dispatcher implements AutoCloseable {

    /** How long the queue may be for what may be missed. */
    static final int OPTIONAL_MAX = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Backlog backlog;
    private final Counters counters;
    private final ThreadPoolExecutor executor;
    private volatile Thread thread;

    Dispatcher(String name, Backlog backlog, Counters counters) {
        this.backlog = backlog;
        this.counters = counters;
        executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread created = Threads.named(name + "-listeners").newThread(task);
            thread = created;
            return created;
        });
    }

    /** Calls a listener with a message, unless a listener is stuck and very many wait already. */
    void message(Runnable call) {
        if (!backlog.enter()) {
            counters.increment("drop.listener-stuck");
            return;
        }
        boolean queued = submit(() -> {
            try {
                call.run();
            } finally {
                backlog.leave();
            }
        });
        if (!queued) {
            backlog.leave();
        }
    }

    /** Calls a listener with something rare that it must not miss. */
    void event(Runnable call) {
        submit(call);
    }

    /** Calls a listener with something that it may miss; false when it does. */
    boolean optional(Runnable call) {
        return executor.getQueue().size() < OPTIONAL_MAX && submit(call);
    }

    /** Whether the caller is a listener. */
    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    private boolean submit(Runnable call) {
        try {
            executor.execute(() -> run(call));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private static void run(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("a listener threw; the others are not affected", e);
        }
    }

    /** Gives listeners a moment to take what waits for them. */
    @Override
    public void close() {
        if (isCurrentThread()) {
            executor.shutdown();
        } else {
            Threads.end(executor, Threads.END_MS);
        }
    }
}
