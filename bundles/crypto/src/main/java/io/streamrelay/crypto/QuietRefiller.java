// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs the refills of all pools of a key ring one after another, each a short while after it was asked for, on a daemon
 * thread of lowest priority. The thread ends by itself when there is nothing to do, so a key ring that is dropped
 * without being closed leaves nothing behind. Once closed, it drops what it is given.
 */
final class QuietRefiller implements Executor, AutoCloseable {

    /** How long nobody may seal before a refill begins. A guess: longer than the gaps within a burst. */
    private static final long QUIET_MS = 2;

    /** How long the thread waits for more before it ends. A guess: a gateway that is not idle keeps it. */
    private static final long LINGER_MS = 5_000;

    private final ScheduledThreadPoolExecutor executor;

    QuietRefiller() {
        this(LINGER_MS);
    }

    /** @param lingerMs how long the thread waits for more work before it ends, in milliseconds, above 0 */
    QuietRefiller(long lingerMs) {
        executor = new ScheduledThreadPoolExecutor(1, QuietRefiller::thread, new ThreadPoolExecutor.DiscardPolicy());
        executor.setKeepAliveTime(lingerMs, TimeUnit.MILLISECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable refill) {
        executor.schedule(refill, QUIET_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        executor.shutdown();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "streamrelay-crypto-refill");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }
}
