// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A component's own thread: the framework's one must not be held up by files, sockets and keys. */
final class OwnThread {

    private static final long CLOSE_S = 10;

    private final ExecutorService executor;

    OwnThread(String name) {
        executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    void execute(Runnable task) {
        executor.execute(task);
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
