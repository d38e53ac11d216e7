// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A component's own thread: the framework's one must not be held up by files, sockets and keys. */
final class OwnThread implements Executor {

    private static final long CLOSE_S = 10;

    private static final Logger LOG = LoggerFactory.getLogger(OwnThread.class);

    private final ExecutorService executor;

    OwnThread(String name) {
        executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** After {@link #closeWith} the task is left out. */
    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the component was closed; a task is left out");
        }
    }

    /** Does what was handed in and, as the last thing, this; waits for it for a bounded time. */
    void closeWith(Runnable last) {
        executor.execute(last);
        executor.shutdown();
        try {
            executor.awaitTermination(CLOSE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
