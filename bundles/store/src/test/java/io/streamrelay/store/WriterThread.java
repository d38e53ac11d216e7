// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.streamrelay.api.store.PacketStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs something on a store's own thread. */
final class WriterThread {

    private WriterThread() {}

    /** Returns when {@code work} has begun, on the store's thread. */
    static void run(PacketStore store, Runnable work) throws Exception {
        Thread caller = Thread.currentThread();
        boolean begun = false;
        while (!begun) {
            CompletableFuture<Boolean> ran = new CompletableFuture<>();
            store.commit(List.of()).thenRun(() -> {
                // A commit that was done before this was attached runs it here, which is of no use.
                boolean onWriter = Thread.currentThread() != caller;
                ran.complete(onWriter);
                if (onWriter) {
                    work.run();
                }
            });
            begun = ran.get(10, SECONDS);
        }
    }
}
