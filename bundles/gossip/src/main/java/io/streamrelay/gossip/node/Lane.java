// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other, in their order, on threads that it shares with other lanes. Thread-safe. */
final class Lane implements Executor {

    /** After so many tasks another lane gets its turn. */
    private static final int TURN_TASKS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final Executor threads;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean busy;

    Lane(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (busy) {
                return;
            }
            busy = true;
        }
        threads.execute(this::takeTurn);
    }

    private void takeTurn() {
        boolean mayHaveMore = true;
        try {
            mayHaveMore = runSome();
        } finally {
            if (mayHaveMore) {
                threads.execute(this::takeTurn);
            }
        }
    }

    private boolean runSome() {
        for (int i = 0; i < TURN_TASKS; i++) {
            Runnable task = next();
            if (task == null) {
                return false;
            }
            run(task);
        }
        return true;
    }

    private Runnable next() {
        synchronized (tasks) {
            Runnable task = tasks.poll();
            busy = task != null;
            return task;
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a task failed; the next one goes on", e);
        } catch (Error e) {
            LOG.error("a task failed badly; the next one goes on", e);
            throw e;
        }
    }
}
