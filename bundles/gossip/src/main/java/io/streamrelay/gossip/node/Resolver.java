// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Looks up host names on a thread of its own, which exists only while there is something to look up. */
final class Resolver implements AutoCloseable {

    private static final int NAMES_MAX = 64;
    private static final long IDLE_S = 10;

    private final Function<String, List<Integer>> lookUp;
    private final EventQueue queue;
    private final ThreadPoolExecutor thread;

    /** @param lookUp may block for as long as the host's resolver does */
    Resolver(String name, Function<String, List<Integer>> lookUp, EventQueue queue) {
        this.lookUp = lookUp;
        this.queue = queue;
        thread = new ThreadPoolExecutor(
                1, 1, IDLE_S, TimeUnit.SECONDS, new ArrayBlockingQueue<>(NAMES_MAX), Threads.named(name + "-resolver"));
        thread.allowCoreThreadTimeOut(true);
    }

    void resolve(Action.Resolve wanted) {
        try {
            thread.execute(() -> answer(wanted, lookUp.apply(wanted.host())));
        } catch (RejectedExecutionException e) {
            answer(wanted, List.of());
        }
    }

    private void answer(Action.Resolve wanted, List<Integer> addresses) {
        queue.fact(new Event.Resolved(wanted.host(), wanted.port(), addresses));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
