// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.link;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of a way into a subcluster. Kura's own, which all components share, never waits for it. */
public final class LinkThread extends ScheduledThreadPoolExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(LinkThread.class);

    public LinkThread(String pid) {
        super(1, task -> {
            Thread thread = new Thread(task, "streamrelay-kura-" + pid);
            thread.setDaemon(true);
            return thread;
        });
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // What comes when it has ended is too late.
        setRejectedExecutionHandler(new DiscardPolicy());
    }

    /** A task that fails would do so in silence. */
    @Override
    protected void afterExecute(Runnable task, Throwable thrown) {
        super.afterExecute(task, thrown);
        if (!(task instanceof Future<?> future) || !future.isDone()) {
            return;
        }
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CancellationException e) {
            // It was to end.
        } catch (ExecutionException e) {
            LOG.error("a task of {} failed", Thread.currentThread().getName(), e.getCause());
        }
    }
}
